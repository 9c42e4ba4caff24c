/// What is going on in a queue now: what an operator or a console looks at.
public struct QueueStatus: Hashable, Sendable {
    /// What waits and who could take it is counted up to here; beyond it the numbers are lower bounds.
    public static let countLimit = 10_000

    /// Tickets of the queue, waiting or in hand, whose next clock breaches soon.
    public struct Risk: Hashable, Sendable {
        public let within15Minutes: Int
        public let within1Hour: Int
        public let within4Hours: Int
        /// Waiting tickets with a clock that has breached already.
        public let breachedWaiting: Int

        public init(within15Minutes: Int, within1Hour: Int, within4Hours: Int, breachedWaiting: Int) {
            self.within15Minutes = within15Minutes
            self.within1Hour = within1Hour
            self.within4Hours = within4Hours
            self.breachedWaiting = breachedWaiting
        }
    }

    /// The active members by what they do now. Whoever's lease is over is offline.
    public struct Members: Hashable, Sendable {
        public let online: Int
        public let away: Int
        public let offline: Int
        /// Units of work that those online have room for.
        public let room: Int
        /// Units of work that those online can have at a time.
        public let capacity: Int
        /// The same for all of them, online or not.
        public let capacityOfAll: Int

        public init(online: Int, away: Int, offline: Int, room: Int, capacity: Int, capacityOfAll: Int) {
            self.online = online
            self.away = away
            self.offline = offline
            self.room = room
            self.capacity = capacity
            self.capacityOfAll = capacityOfAll
        }
    }

    public let at: Timestamp
    /// Tickets that wait for an agent, the most urgent first.
    public let waiting: [Priority: Int]
    /// What they weigh together.
    public let waitingUnits: Int
    public let oldestEligibleAt: Timestamp?
    /// Tickets that somebody is asked to take; they are not among those that wait.
    public let offered: Int
    public let risk: Risk
    public let members: Members
    /// False where a count reached ``countLimit``.
    public let isExact: Bool

    public init(
        at: Timestamp,
        waiting: [Priority: Int],
        waitingUnits: Int,
        oldestEligibleAt: Timestamp?,
        offered: Int,
        risk: Risk,
        members: Members,
        isExact: Bool
    ) {
        self.at = at
        self.waiting = waiting
        self.waitingUnits = waitingUnits
        self.oldestEligibleAt = oldestEligibleAt
        self.offered = offered
        self.risk = risk
        self.members = members
        self.isExact = isExact
    }
}
