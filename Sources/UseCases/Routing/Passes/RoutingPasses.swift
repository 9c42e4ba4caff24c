public import Domain
import Store

/// Routes waiting tickets to agents: one pass over one queue in one transaction (routing.md E). The only writer of assignments that no human made.
///
/// A pass is two round trips: everything that the decision needs is read in one, everything it changes is written and committed in the other.
/// Clocks that go by whether an agent has the ticket are a third one (``AssignedClocks``).
public struct RoutingPasses: Sendable {
    let environment: UseCaseEnvironment
    private let failures: FailureSink
    private let maximumEvents: Int

    /// How often a pass reads on before the batch is full: the classes once, then further into some.
    private static let maximumReadings = 3

    /// Microseconds from one look to the next that only time asks for, so that a large team's many ramp-ups do not ask for one each instant.
    private static let shortestLook: Int64 = 1_000_000

    /// Microseconds after which a queue in which tickets stay is looked at once more without being asked to.
    ///
    /// Whoever frees an agent asks the queues to look in which something waits; what is committed between that question and his own commit he cannot see, and the
    /// pass that it brings does not see him. By then he is done, or gone: his last statements and their commit are one flush, for which the server has this long
    /// (``TimeoutConfiguration/statement``). The second look was not asked for by a signal, so it brings no third; a pass for another reason before it leaves it due.
    private static let secondLook: Int64 = 5_000_000

    /// - Parameter failures: told of tickets that cannot move on, be told of, or whose rounds cannot end; they hold up no other, and are found again.
    public init(environment: UseCaseEnvironment, failures: FailureSink = FailureSink { _ in }) {
        self.init(environment: environment, failures: failures, maximumEvents: AssignedClocks.maximumEvents)
    }

    /// - Parameter maximumEvents: the most events that a batch reads under its locks, of tickets to which nothing was promised so far.
    package init(environment: UseCaseEnvironment, failures: FailureSink = FailureSink { _ in }, maximumEvents: Int) {
        self.environment = environment
        self.failures = failures
        self.maximumEvents = maximumEvents
    }

    /// Looks at a queue and assigns what can be assigned.
    ///
    /// - Parameters:
    ///   - limit: the most tickets to assign, at most ``RoutingPool/batchLimit``.
    ///   - isStepDue: whether a relaxation step has come for some ticket of the queue, so that stored times must be moved on.
    /// - Throws: ``StoreError``, ``UseCaseError``; nothing was changed then.
    public func run(_ queue: QueueID, of tenant: TenantID, limit: Int, isStepDue: Bool = false) async throws -> RoutingPassReport {
        let limit = min(max(limit, 1), RoutingPool.batchLimit)
        let report = try await environment.configurations.withConfiguration(of: tenant) { configuration in
            let report = try await bounded(queue, of: configuration, limit: limit, isStepDue: isStepDue)
            return try await tell(report, of: queue, configuration: configuration)
        }
        return try await follow(report, of: queue, in: tenant, limit: limit)
    }

    /// What comes behind a pass that was committed.
    func follow(_ report: RoutingPassReport, of queue: QueueID, in tenant: TenantID, limit: Int) async throws -> RoutingPassReport {
        var report = report
        // At once: what follows is other transactions, and may fail.
        if !report.assigned.isEmpty { environment.wakeUps.send(.events) }
        if report.concernsSchedulers { environment.wakeUps.send(.timers) }
        // Those that can be assigned are, before any moves on.
        let mayMove = report.mayOverflow && (report.assigned.isEmpty || !report.hasMore)
        if report.isBehind { try await follow(queue, of: tenant, &report) }
        if mayMove {
            let outcome = try await overflows.run(queue, of: tenant)
            report.movedOn = outcome.moved
            if outcome.hasMore { report.hasMore = true }
            if outcome.moved > 0 { report.isStalled = false }
            if outcome.isStalled, report.assigned.isEmpty { report.isStalled = true }
        }
        try await endRounds(in: tenant, limit: max(1, limit - report.assigned.count - report.refused), &report)
        return report
    }

    /// Tells of the tickets that nobody can take (routing.md B).
    func tell(_ report: RoutingPassReport, of queue: QueueID, configuration: TenantConfiguration) async throws -> RoutingPassReport {
        guard let unroutable = report.unroutable else { return report }
        let notices = UnroutableNotices(queue: queue, configuration: configuration, environment: environment, failures: failures)
        let effects = try await notices.tell(unroutable)
        if effects.records {
            environment.wakeUps.send(.events)
            if configuration.hasWebhooks { environment.wakeUps.send(.outbox) }
        }
        var report = report
        report.concernsSchedulers = report.concernsSchedulers || effects.startsRuns
        return report
    }

    /// Lets a part of the entries follow an edit of the queue. What fails there keeps nobody from what can be given out.
    private func follow(_ queue: QueueID, of tenant: TenantID, _ report: inout RoutingPassReport) async throws {
        let following = QueueFollowing(environment: environment)
        guard let outcome = try await failures.attempt(tenant, { try await following.run(queue, of: tenant) }) else {
            report.hasFailedToFollow = true
            return
        }
        for row in outcome.unreadable {
            try await failures.attempt(tenant, ticket: row.ticket) { throw row.error }
        }
        guard outcome.hasMore else { return }
        report.followed = outcome.examined
        let gotOn = !outcome.isStalled || !report.assigned.isEmpty || (report.hasMore && !report.isStalled)
        report.hasMore = true
        report.isStalled = !gotOn
    }

    /// Ends the rounds of tickets that everybody has declined, each in a transaction of its own: of so many, as each is a part of the tenant's turn (routing.md H).
    private func endRounds(in tenant: TenantID, limit: Int, _ report: inout RoutingPassReport) async throws {
        for ticket in report.exhausted.prefix(limit) {
            report.roundsTried += 1
            let ended: Void? = try await failures.attempt(tenant, ticket: ticket) {
                try await Offers(environment: environment).endRound(of: ticket, in: tenant)
            }
            if ended != nil { report.roundsEnded += 1 }
        }
        // The others are found again, as one that nobody gets to: at once, if this got somewhere.
        guard report.exhausted.count > limit else { return }
        report.hasMore = true
        report.isStalled = report.roundsEnded == 0 && report.assigned.isEmpty
    }

    private var overflows: QueueOverflows { QueueOverflows(environment: environment, failures: failures) }

    /// A pass of so few tickets that their histories can be read under its locks; that of a single one may have been read before.
    private func bounded(_ queue: QueueID, of configuration: TenantConfiguration, limit: Int, isStepDue: Bool) async throws -> RoutingPassReport {
        var limit = limit
        var ahead: ClocksAhead?
        // One that is too long further behind, one in front, and another behind that.
        for _ in 0..<Self.maximumTries {
            do {
                var report = try await attempt(queue, of: configuration, limit: limit, isStepDue: isStepDue, ahead: ahead)
                report.readAhead = ahead?.events ?? 0
                return report
            } catch let long as LongHistory {
                if long.place > 0 { limit = long.place } else { ahead = try await read(long.ticket, from: ahead, configuration: configuration) }
            }
        }
        // Somebody changes what comes first each time.
        var report = RoutingPassReport()
        (report.hasMore, report.isStalled, report.mayOverflow) = (true, true, false)
        report.readAhead = ahead?.events ?? 0
        return report
    }

    private static let maximumTries = 4

    private func read(_ ticket: TicketID, from known: ClocksAhead?, configuration: TenantConfiguration) async throws -> ClocksAhead {
        let clocks = ReplayedClocks(engine: configuration.promises.engine, lifecycle: environment.rules.lifecycle)
        var ahead = known.flatMap { $0.ticket == ticket ? $0 : nil } ?? ClocksAhead(of: ticket, clocks: clocks)
        let reader = HistoryReader(environment: environment, tenant: configuration.tenant)
        try await reader.eachPage(of: ticket, after: ahead.clocks.sequence) { ahead.follow($0) }
        return ahead
    }

    private func attempt(
        _ queue: QueueID,
        of configuration: TenantConfiguration,
        limit: Int,
        isStepDue: Bool,
        ahead: ClocksAhead?
    ) async throws -> RoutingPassReport {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        // Before the lane: whoever waits for the version's lock must not hold a lane that an edit waits for.
        first.add(HoldConfiguration(tenant: tenant, version: configuration.version))
        let lane = first.add(TakeLane(tenant: tenant, queue: queue))
        let agents = first.add(LoadRoutingAgents())
        let front = first.add(LoadRoutingFront(limit: limit))
        let refusals = first.add(LoadRefusals())
        return try await environment.database.transaction(first) { transaction, result in
            // Also an edit that was committed behind the lock is seen here: its signal, which this pass takes, is not answered by the version before it.
            guard let lane = try result.first(lane), lane.configurationVersion == configuration.version else { throw StoreError.configurationChanged }
            guard lane.isHeld else {
                return try await withoutLane(exists: lane.exists, queue: queue, tenant: tenant, in: transaction)
            }
            let reading = LaneReading(
                taken: lane,
                front: { try result.rows(front) },
                refusals: { try result.rows(refusals) },
                agents: { try result.rows(agents) }
            )
            let pass = Pass(queue: queue, configuration: configuration, lane: lane, isStepDue: isStepDue, ahead: ahead)
            return try await decide(pass, by: reading, limit: limit, in: transaction)
        }
    }

    /// Decides by what was read, and commits.
    func decide(_ pass: Pass, by reading: LaneReading, limit: Int, in transaction: TenantTransaction) async throws -> RoutingPassReport {
        var report: RoutingPassReport
        if pass.configuration.isClosed(pass.queue, at: pass.lane.now) {
            report = try await closed(pass).write(try reading.front(), known: try reading.refusals(), in: transaction)
        } else {
            report = try await match(pass, reading, limit: limit, in: transaction)
        }
        report.isBehind = pass.lane.overflowSeconds != pass.overflowSeconds
        return report
    }

    /// A pass of a queue whose lane is held.
    struct Pass {
        let queue: QueueID
        let configuration: TenantConfiguration
        let lane: TakeLane.Row
        let isStepDue: Bool
        let ahead: ClocksAhead?

        var tenant: TenantID { configuration.tenant }
        var rules: RoutingQueueRules { configuration.queues[queue]?.rules ?? RoutingQueueRules() }
        var isByDeadline: Bool { configuration.queues[queue]?.order.isByDeadline ?? false }
        var signalsLeft: Bool { lane.signals == TakeLane.signalLimit }
        /// After how many seconds the queue's tickets move on; 0 where they stay.
        var overflowSeconds: Int { configuration.overflow(of: queue)?.afterSeconds ?? 0 }
        /// When the queue is to be looked at once more: after a pass that was asked for, or still after the last one that was.
        ///
        /// In whole intervals, so that a queue that is signalled all the time does not write another time with each pass.
        var secondLook: Timestamp? {
            let (now, interval) = (lane.now, RoutingPasses.secondLook)
            guard lane.signals > 0 else { return lane.secondLookAt.flatMap { $0 > now ? $0 : nil } }
            return now.adding(microseconds: 2 * interval - now.microseconds % interval)
        }
        /// Where this pass goes on with the queue's classes.
        var scan: LaneScan {
            var scan = lane.scan
            if isStepDue || lane.signals > scan.ownSignals { scan.restart() }
            return scan
        }
    }

    private func closed(_ pass: Pass) -> ClosedQueuePass {
        ClosedQueuePass(
            tenant: pass.tenant,
            queue: pass.queue,
            now: pass.lane.now,
            opensAt: pass.configuration.nextOpening(of: pass.queue, after: pass.lane.now),
            rules: pass.rules,
            isByDeadline: pass.isByDeadline,
            isStepDue: pass.isStepDue,
            signalsLeft: pass.signalsLeft,
            signal: environment.identifiers.next(),
            lookAt: pass.lane.lookAt,
            secondLookAt: pass.lane.secondLookAt,
            secondLook: pass.secondLook,
            scan: pass.lane.scan
        )
    }

    /// Reads what waits, lets Domain match it, and writes what was decided.
    private func match(_ pass: Pass, _ reading: LaneReading, limit: Int, in transaction: TenantTransaction) async throws -> RoutingPassReport {
        let (configuration, now, agents) = (pass.configuration, pass.lane.now, try reading.agents())
        var shifts = ShiftCalendars(configuration: configuration, now: now)
        let team = agents.map { row in RoutingAgent(row, now: now) { shifts.isOpen($0) } }
        let sites = SiteHours(configuration: configuration, now: now)
        var plan = RoutingPlan(agents: team, rules: pass.rules, sites: sites, front: try reading.front(), limit: limit, now: now, scan: pass.scan)
        for _ in 0..<Self.maximumReadings {
            guard try await extend(&plan, of: pass, in: transaction) else { break }
        }
        let given = Dictionary(grouping: plan.assignments, by: \.agent).mapValues { $0.compactMap { plan.head(of: $0.ticket)?.ticket.weight } }
        let openings = [shifts.nextOpening(), plan.sites.nextOpening()].compactMap(\.self)
        var chances = agents.compactMap { $0.moreRoom(after: now, given: given[$0.id] ?? []) } + openings
        let second = pass.secondLook
        if let second { chances.append(second) }
        let report = try await writer(pass).write(
            plan,
            known: try reading.refusals(),
            nextChance: chances.min().map { max($0, now.adding(microseconds: Self.shortestLook)) },
            secondLook: second,
            in: transaction
        )
        if configuration.hasWebhooks, !report.assigned.isEmpty { environment.wakeUps.send(.outbox) }
        return report
    }

    private func writer(_ pass: Pass) -> RoutingPassWriter {
        RoutingPassWriter(
            tenant: pass.tenant,
            queue: pass.queue,
            hasWebhooks: pass.configuration.hasWebhooks,
            isByDeadline: pass.isByDeadline,
            isStepDue: pass.isStepDue,
            signalsLeft: pass.signalsLeft,
            signal: environment.identifiers.next(),
            lookAt: pass.lane.lookAt,
            secondLookAt: pass.lane.secondLookAt,
            scan: pass.lane.scan,
            offers: pass.configuration.queues[pass.queue]?.offers,
            offerSignal: environment.identifiers.next(),
            stepSignal: environment.identifiers.next(),
            clocks: AssignedClocks(configuration: pass.configuration, rules: environment.rules, ahead: pass.ahead, maximumEvents: maximumEvents)
        )
    }

    /// Reads what the plan needs to fill the batch.
    ///
    /// - Returns: false where it needs nothing.
    private func extend(
        _ plan: inout RoutingPlan,
        of pass: Pass,
        in transaction: TenantTransaction
    ) async throws -> Bool {
        let (need, tenant, queue) = (plan.need, pass.tenant, pass.queue)
        var statements = StatementList()
        switch need {
        case .nothing:
            return false
        case .classes(let blocked):
            // What cannot be given out must not take the room of what can.
            let closed = plan.sites.closed()
            let heads = statements.add(
                LoadRoutingHeads(tenant: tenant, queue: queue, limit: plan.limit, except: blocked, closed: closed, after: pass.scan.position)
            )
            let waiting = closed.isEmpty ? nil : statements.add(LoadWaitingSites(tenant: tenant, queue: queue, sites: closed))
            let result = try await transaction.run(statements)
            plan.extend(by: try result.rows(heads), of: need)
            if let waiting { plan.leaveOut(try result.rows(waiting)) }
        case .further(let classes):
            let heads = statements.add(LoadFurtherHeads(tenant: tenant, queue: queue, after: classes, depth: plan.furtherDepth))
            plan.extend(by: try await transaction.run(statements).rows(heads), of: need)
        }
        return true
    }

    /// Another dispatcher holds the lane, or nobody made it yet.
    private func withoutLane(exists: Bool, queue: QueueID, tenant: TenantID, in transaction: TenantTransaction) async throws -> RoutingPassReport {
        var report = RoutingPassReport()
        report.isLaneBusy = exists
        report.mayOverflow = !exists
        guard !exists else { return report }
        try await transaction.commit(CreateLane(tenant: tenant, queue: queue))
        report.hasMore = true
        return report
    }
}
