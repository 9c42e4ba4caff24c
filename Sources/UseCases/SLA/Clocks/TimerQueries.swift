public import Domain
import Store

/// Reads a ticket's clocks with what they counted; changes nothing.
public struct TimerQueries: Sendable {
    let environment: UseCaseEnvironment

    /// Policies that are told of one ticket.
    public static let maximumTrials = 100

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// A ticket's clocks at one instant.
    public struct Timers: Sendable {
        /// The database's time, up to which was counted.
        public let now: Timestamp
        /// In the order in which they were started; empty where no policy promises anything.
        public let timers: [Entry]
        /// Whether there are later ones.
        public let hasMore: Bool
        /// The policies as they were tried on the ticket, the first hundred of them.
        public let trials: [SLAPolicyTrial]
    }

    /// A clock's place among those of its ticket, which are in the order in which they were started.
    public struct Position: Hashable, Comparable, Sendable {
        public let startedAt: Timestamp
        public let metric: String
        public let instance: Int

        public init(startedAt: Timestamp, metric: String, instance: Int) {
            self.startedAt = startedAt
            self.metric = metric
            self.instance = instance
        }

        public static func < (left: Position, right: Position) -> Bool {
            (left.startedAt, left.metric, left.instance) < (right.startedAt, right.metric, right.instance)
        }
    }

    /// One clock: its state, and why it says what it says.
    public struct Entry: Sendable {
        public let timer: SLATimer
        public let explanation: SLAExplanation

        public var position: Position { timer.position }
    }

    /// A page of a ticket's clocks.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``, ``SLAError`` for a calendar that cannot be measured by.
    public func timers(of id: TicketID, in tenant: TenantID, after: Position? = nil, limit: Int) async throws -> Timers {
        let (state, ledger) = try await clocks(of: id, in: tenant)
        let promises = state.configuration.promises
        let following = (ledger?.promised ?? [])
            .filter { timer in after.map { $0 < timer.position } ?? true }
            .sorted { $0.position < $1.position }
        let shown = try following.prefix(limit).map { timer in
            Entry(timer: timer, explanation: try promises.engine.explain(timer, chosen: state.chosen, now: state.now))
        }
        let trials = promises.matcher.trials(for: promises.fieldValues(of: state.ticket))
        return Timers(now: state.now, timers: shown, hasMore: following.count > limit, trials: Array(trials.prefix(Self.maximumTrials)))
    }
}

extension SLATimer {
    fileprivate var position: TimerQueries.Position {
        TimerQueries.Position(startedAt: startedAt, metric: metric.rawValue, instance: instance)
    }
}

extension SLAChosenCalendar {
    /// A ticket's calendar, and whose it is. Somebody who names the same calendar changes nothing of a promise, and leaves no event: while a ticket lives, who
    /// decides now is told by the configuration.
    ///
    /// - Parameter recorded: what the events say.
    /// - Returns: nil where the ticket has no calendar, or nobody knows whose it is.
    init?(of ticket: Ticket, _ facts: SLAFacts?, recorded: SLACalendarChoice.Source?, configuration: TenantConfiguration) {
        guard let facts, let calendar = facts.calendar else { return nil }
        let promises = configuration.promises
        let policy = facts.policy.flatMap { promises.engine.context.policies[$0] }
        let present = facts.isFinished ? nil : promises.calendar(of: ticket, policy: policy?.calendar, queues: configuration.queues)
        guard let source = present?.reference == calendar ? present?.source : recorded else { return nil }
        self.init(calendar: calendar, source: source)
    }
}
