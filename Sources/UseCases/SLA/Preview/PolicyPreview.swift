public import Domain

/// What a proposal would do to the live tickets.
public struct PolicyPreview: Sendable {
    /// One clock before and after.
    public struct Change: Sendable {
        public let ticket: TicketID
        public let number: Int64
        public let metric: SLAMetric
        public let instance: Int
        public let before: Side?
        public let after: Side?
    }

    /// A clock on one side of the proposal.
    public struct Side: Hashable, Sendable {
        public let policy: SLAPolicyID?
        public let state: SLATimer.State
        public let target: Int64?
        public let dueAt: Timestamp?
        /// What may differ alone: where another measure counts, what is overdue is missed anew.
        public let breachAt: Timestamp?

        init?(_ timer: SLATimer?) {
            guard let timer else { return nil }
            policy = timer.promise?.policy.id
            state = timer.state
            target = timer.promise?.target
            dueAt = timer.dueAt
            breachAt = timer.breachAt
        }
    }

    /// How many of the examined tickets a policy has.
    public struct Share: Hashable, Sendable {
        /// nil: the proposed new one, or where there is no name either, no policy at all.
        public let policy: SLAPolicyID?
        public let name: String?
        public internal(set) var before = 0
        public internal(set) var after = 0
    }

    /// Live tickets that were looked at, the newest first.
    public internal(set) var examined = 0
    /// Whether all live tickets were looked at.
    public internal(set) var isComplete = true
    public internal(set) var changedTickets = 0
    /// Clocks that run or pause before and after, with another target, deadline or instant of the breach.
    public internal(set) var changedTimers = 0
    /// Targets that would be missed at once.
    public internal(set) var breachedTimers = 0
    /// Clocks that would be cancelled.
    public internal(set) var cancelledTimers = 0
    /// Clocks of which nothing was promised before.
    public internal(set) var promisedTimers = 0
    /// Tickets whose clocks could not be measured.
    public internal(set) var unmeasured = 0
    /// In the order of the policies, at last those without one.
    public internal(set) var shares: [Share] = []
    /// The first changes.
    public internal(set) var sample: [Change] = []
    public internal(set) var findings: [PolicyFinding] = []
}

/// A finding of the linter, with whose policy it is about.
public struct PolicyFinding: Sendable {
    /// nil: the proposed new one.
    public let policy: SLAPolicyID?
    public let name: String
    public let finding: SLALintFinding
}
