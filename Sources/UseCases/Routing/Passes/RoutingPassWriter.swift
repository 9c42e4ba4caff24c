import Domain
import Store

/// Writes what a pass decided: all statements and the COMMIT in one flush, but for clocks that go by whether an agent has the ticket (``AssignedClocks``).
struct RoutingPassWriter: Sendable {
    let tenant: TenantID
    let queue: QueueID
    let hasWebhooks: Bool
    /// Whether the queue is ordered by deadline.
    let isByDeadline: Bool
    let isStepDue: Bool
    let signalsLeft: Bool
    let signal: ID<SignalQueue>
    /// When the queue asked to be looked at, as stored.
    let lookAt: Timestamp?
    /// When it was to be looked at once more, as stored.
    let secondLookAt: Timestamp?
    /// How far the queue's classes were looked through, as stored.
    let scan: LaneScan
    /// Whether agents are asked before they get a ticket.
    let offers: QueueOffers?
    /// Further new ids.
    let offerSignal: ID<SignalQueue>
    let stepSignal: ID<SignalQueue>
    let clocks: AssignedClocks

    /// - Parameters:
    ///   - known: the recorded reasons of the queue's classes.
    ///   - nextChance: when time alone gives some agent room who has none now, or the queue is looked at once more.
    ///   - secondLook: when it is.
    func write(
        _ plan: RoutingPlan,
        known: [LoadRefusals.Row],
        nextChance: Timestamp?,
        secondLook: Timestamp?,
        in transaction: TenantTransaction
    ) async throws -> RoutingPassReport {
        let isHeadDue = plan.waiting.contains { (plan.head(of: $0.ticket)?.nextStepAt).map { $0 <= plan.now } ?? false }
        let hasMore = plan.hasMore || signalsLeft
        var statements = StatementList()
        let planned = planned(plan)
        let commits = addCommits(planned, at: plan.now, hasMore: hasMore, to: &statements)
        let order = plan.assignments.map(\.ticket)
        let followed = try await clocks.follow(commits.assignments, order: order, at: plan.now, &statements, in: transaction)
        if !planned.isEmpty {
            if hasWebhooks { statements.add(EnqueueWebhooksOfTransaction(tenant: tenant, time: plan.now)) }
        } else if hasMore {
            statements.add(SignalQueue(tenant: tenant, queue: queue, id: signal))
        }
        // By deadline a step may concern a ticket behind one that it does not: it is in another class now, at which nobody has looked. That time asked for this pass
        // says no such thing: it may have been the queue's second look, or the beginning of a shift.
        let steps = isStepDue || isHeadDue ? statements.add(advance(plan, asksForMore: isByDeadline && !hasMore)) : nil
        var record = RefusalRecord(plan, known: known, isLast: !hasMore && !(isByDeadline && isHeadDue))
        var sent = followed?.result
        var moved: Int?
        if isByDeadline, let steps, !record.isEmpty {
            // Where a step was due of a ticket that this pass did not read, another pass follows, and the reasons are that one's to record.
            let result = try await transaction.run(statements)
            statements = StatementList()
            sent = sent ?? result
            moved = try result.first(steps) ?? 0
            if moved != 0 { record = RefusalRecord(plan, known: known, isLast: false) }
        }
        let exhausted = addSteps(plan, to: &statements)
        let (look, second) = plan.waiting.isEmpty && plan.closedClasses.isEmpty ? (nil, nil) : (nextChance, secondLook)
        if look != lookAt || second != secondLookAt { statements.add(SetLaneLook(tenant: tenant, queue: queue, time: look, second: second)) }
        if plan.scan != scan { statements.add(SetLaneScan(tenant: tenant, queue: queue, scan: plan.scan)) }
        record.add(tenant: tenant, queue: queue, time: plan.now, to: &statements)
        let over = UnroutableTickets.over(plan)
        if !over.isEmpty { statements.add(ForgetUnroutable(tenant: tenant, tickets: over)) }
        let result = try await transaction.commit(statements)
        var report = RoutingPassReport()
        report.unroutable = UnroutableTickets(plan)
        report.concernsSchedulers = followed?.armsTimer == true
        report.examined = plan.assignments.count + plan.waiting.count
        if isByDeadline, moved == nil, let steps { moved = try result.first(steps) }
        report.hasMore = hasMore || (moved ?? 0) > 0
        report.exhausted = exhausted
        report.record(record.documents)
        if !planned.isEmpty { try count(commits, of: plan, in: sent ?? result, to: &report) }
        report.isStalled = report.hasMore && report.assigned.isEmpty && !signalsLeft && !plan.readsOn
        return report
    }

    /// - Parameter asksForMore: whether a step that was due asks for a further pass.
    private func advance(_ plan: RoutingPlan, asksForMore: Bool) -> AdvanceDueSteps {
        AdvanceDueSteps(
            tenant: tenant,
            queue: queue,
            time: plan.now,
            rules: plan.rules,
            isByDeadline: isByDeadline,
            signal: asksForMore ? stepSignal : nil
        )
    }

    /// What the guards let pass: others may have taken a ticket or an agent's room meanwhile.
    private func count(_ commits: Commits, of plan: RoutingPlan, in result: StoreResult, to report: inout RoutingPassReport) throws {
        let offered = Set(try commits.offers.map { try result.rows($0) } ?? [])
        let accepted = try (commits.assignments?.accepted(in: result) ?? []).union(offered)
        report.offered = offered.count
        report.assigned = plan.assignments.filter { accepted.contains($0.ticket) }
        report.waits = report.assigned.compactMap { plan.head(of: $0.ticket).map { plan.now.microseconds(since: $0.ticket.eligibleAt) } }
        report.refused = plan.assignments.count - report.assigned.count
        report.hasMore = report.hasMore || report.refused > 0
    }

    private typealias Commits = (assignments: AssignmentCommit?, offers: StatementHandle<CommitOffers>?)

    private func planned(_ plan: RoutingPlan) -> [PlannedAssignment] {
        guard !plan.assignments.isEmpty else { return [] }
        var records = RecordedDecisions(agents: plan.agents, rules: plan.rules, count: plan.assignments.count, now: plan.now)
        let bound = plan.agents.compactMap { agent in agent.rampUpCapacity.flatMap { $0 < agent.capacity ? (agent.id, $0) : nil } }
        let ceilings = Dictionary(bound, uniquingKeysWith: min)
        return plan.assignments.compactMap { assignment in
            plan.head(of: assignment.ticket).map { head in
                let texts = records.next(assignment, of: head.ticket)
                return PlannedAssignment(
                    assignment: assignment,
                    version: head.version,
                    rank: texts.rank,
                    others: texts.others,
                    ceiling: ceilings[assignment.agent],
                    offeredUntil: offers?.end(for: head.ticket, at: plan.now)
                )
            }
        }
    }

    /// Assignments and, where agents are asked, offers.
    private func addCommits(
        _ planned: [PlannedAssignment],
        at now: Timestamp,
        hasMore: Bool,
        to statements: inout StatementList
    ) -> Commits {
        let asked = planned.filter { $0.offeredUntil != nil }
        let given = asked.isEmpty ? planned : planned.filter { $0.offeredUntil == nil }
        if !asked.isEmpty, !given.isEmpty {
            // Each locks the loads of its own agents in order; the two one after the other would not.
            statements.add(LockLoadRows(tenant: tenant, agents: Set(planned.map(\.assignment.agent)).sorted()))
        }
        let assigned = given.isEmpty ? nil : AssignmentCommit(batch(given, at: now, signal: signal, hasMore: hasMore), to: &statements)
        guard !asked.isEmpty else { return (assigned, nil) }
        return (assigned, statements.add(CommitOffers(batch(asked, at: now, signal: offerSignal, hasMore: hasMore))))
    }

    private func batch(_ planned: [PlannedAssignment], at now: Timestamp, signal: ID<SignalQueue>, hasMore: Bool) -> AssignmentBatch {
        AssignmentBatch(tenant: tenant, queue: queue, assignments: planned, time: now, signal: signal, hasMore: hasMore)
    }

    /// When the tickets that stay must be looked at again.
    ///
    /// - Returns: the tickets whose round of offers is over.
    private func addSteps(_ plan: RoutingPlan, to statements: inout StatementList) -> [TicketID] {
        var tickets: [TicketID] = []
        var times: [Timestamp?] = []
        var exhausted: [Timestamp?] = []
        var versions: [Int64] = []
        var over: [TicketID] = []
        for wait in plan.waiting {
            guard let head = plan.head(of: wait.ticket) else { continue }
            let since = wait.exhaustedSince(stored: head.exhaustedAt, now: plan.now)
            var roundEnds = since.map(TicketOffer.roundEnd(exhaustedSince:))
            if let end = roundEnds, end <= plan.now {
                over.append(wait.ticket)
                // Should ending the round fail, the ticket is looked at again.
                roundEnds = plan.now.adding(microseconds: Self.retryAfter)
            }
            let turn = isByDeadline ? plan.rules.nextClassChange(eligibleAt: head.ticket.eligibleAt, now: plan.now) : nil
            let next = [wait.nextStepAt, turn, head.overflowAt, roundEnds].compactMap(\.self).min()
            if next != head.nextStepAt || since != head.exhaustedAt {
                tickets.append(wait.ticket)
                times.append(next)
                exhausted.append(since)
                versions.append(head.version)
            }
        }
        if !tickets.isEmpty {
            statements.add(SetNextSteps(tenant: tenant, queue: queue, tickets: tickets, times: times, exhausted: exhausted, versions: versions))
        }
        return over
    }

    /// Microseconds.
    private static let retryAfter: Int64 = 5_000_000
}
