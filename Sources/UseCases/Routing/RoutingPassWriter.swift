import Domain
import Store

/// Writes what a pass decided: all statements and the COMMIT in one flush.
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

    /// - Parameters:
    ///   - known: the recorded reasons of the queue's classes.
    ///   - nextChance: when time alone gives some agent room who has none now.
    func write(
        _ plan: RoutingPlan,
        known: [LoadRefusals.Row],
        nextChance: Timestamp?,
        in transaction: TenantTransaction
    ) async throws -> RoutingPassReport {
        let isAnyDue = isStepDue || plan.waiting.contains { (plan.head(of: $0.ticket)?.nextStepAt).map { $0 <= plan.now } ?? false }
        // By deadline a step may concern a ticket behind one that it does not: it is in another class now, at which nobody has looked.
        let hasMore = plan.hasMore || signalsLeft || (isByDeadline && isAnyDue)
        var statements = StatementList()
        var committed: StatementHandle<CommitAssignments>?
        if !plan.assignments.isEmpty {
            committed = statements.add(
                CommitAssignments(
                    tenant: tenant,
                    queue: queue,
                    assignments: planned(plan),
                    time: plan.now,
                    signal: signal,
                    hasMore: hasMore
                )
            )
            if hasWebhooks { statements.add(EnqueueWebhooksOfTransaction(tenant: tenant, time: plan.now)) }
        } else if hasMore {
            statements.add(SignalQueue(tenant: tenant, queue: queue, id: signal))
        }
        if isAnyDue {
            let schedule = plan.rules.schedule
            statements.add(AdvanceDueSteps(tenant: tenant, queue: queue, time: plan.now, schedule: schedule, isByDeadline: isByDeadline))
        }
        addSteps(plan, to: &statements)
        let look = plan.waiting.isEmpty ? nil : nextChance
        if look != lookAt { statements.add(SetLaneLook(tenant: tenant, queue: queue, time: look)) }
        RefusalRecord(plan, known: known, isLast: !hasMore).add(tenant: tenant, queue: queue, time: plan.now, to: &statements)
        let result = try await transaction.commit(statements)
        var report = RoutingPassReport()
        report.examined = plan.assignments.count + plan.waiting.count
        report.hasMore = hasMore
        if let committed {
            let accepted = Set(try result.rows(committed))
            report.assigned = plan.assignments.filter { accepted.contains($0.ticket) }
            report.waits = report.assigned.compactMap { plan.head(of: $0.ticket).map { plan.now.microseconds(since: $0.ticket.eligibleAt) } }
            report.refused = plan.assignments.count - report.assigned.count
            report.hasMore = hasMore || report.refused > 0
        }
        report.isStalled = report.hasMore && report.assigned.isEmpty && !signalsLeft
        return report
    }

    private func planned(_ plan: RoutingPlan) -> [PlannedAssignment] {
        var texts = RankText(plan.agents)
        return plan.assignments.compactMap { assignment in
            plan.head(of: assignment.ticket).map { head in
                PlannedAssignment(assignment: assignment, version: head.version, rank: texts.next(assignment, of: head.ticket))
            }
        }
    }

    /// When the tickets that stay must be looked at again.
    private func addSteps(_ plan: RoutingPlan, to statements: inout StatementList) {
        var tickets: [TicketID] = []
        var times: [Timestamp?] = []
        for wait in plan.waiting {
            guard let head = plan.head(of: wait.ticket) else { continue }
            let next = [wait.nextStepAt, head.overflowAt].compactMap(\.self).min()
            if next != head.nextStepAt {
                tickets.append(wait.ticket)
                times.append(next)
            }
        }
        if !tickets.isEmpty { statements.add(SetNextSteps(tenant: tenant, tickets: tickets, times: times)) }
    }
}
