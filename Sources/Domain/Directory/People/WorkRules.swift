/// How much work routing may give an agent beyond his capacity as a whole, and how fast (routing.md C and F).
public struct WorkRules: Hashable, Sendable {
    /// At most `assignments` by routing in any `minutes`.
    public struct RateLimit: Hashable, Sendable {
        public let assignments: Int
        public let minutes: Int

        public static let assignmentsRange = 1...1_000
        public static let minutesRange = 1...1_440

        public init(assignments: Int, minutes: Int) {
            self.assignments = assignments
            self.minutes = minutes
        }

        /// How many more the agent may get now.
        ///
        /// - Parameters:
        ///   - recent: the last ``assignments`` of him, or fewer where he had no more.
        ///   - open: how many he is asked to take: each may be his any moment.
        public func assignmentsLeft(after recent: [Timestamp], open: Int = 0, at now: Timestamp) -> Int {
            max(0, assignments - open - recent.count { $0 > windowStart(at: now) })
        }

        /// When he may get one again; nil when he may now, and when time alone does not let him, because of what he is asked to take.
        public func nextFree(after recent: [Timestamp], open: Int = 0, at now: Timestamp) -> Timestamp? {
            let inWindow = recent.filter { $0 > windowStart(at: now) }.sorted()
            let most = assignments - open
            guard most > 0, inWindow.count >= most else { return nil }
            return inWindow[inWindow.count - most].adding(microseconds: Int64(minutes) * 60_000_000)
        }

        private func windowStart(at now: Timestamp) -> Timestamp {
            now.adding(microseconds: -Int64(minutes) * 60_000_000)
        }
    }

    /// Capacity units of the channels that have some of their own.
    public var channelCapacities: [Channel: Int]
    /// Seconds for each further unit of capacity after coming online, so that the first to come does not get the whole backlog; 0 is no ramp.
    public var rampUpSeconds: Int
    /// Seconds without a new ticket after one was solved.
    public var wrapUpSeconds: Int
    public var rateLimit: RateLimit?

    public static let secondsRange = 0...86_400
    /// What an agent has unless told (routing.md F).
    public static let defaultRampUpSeconds = 120

    public init(channelCapacities: [Channel: Int] = [:], rampUpSeconds: Int = 0, wrapUpSeconds: Int = 0, rateLimit: RateLimit? = nil) {
        self.channelCapacities = channelCapacities
        self.rampUpSeconds = rampUpSeconds
        self.wrapUpSeconds = wrapUpSeconds
        self.rateLimit = rateLimit
    }
}
