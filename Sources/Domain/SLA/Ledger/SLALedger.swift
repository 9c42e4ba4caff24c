/// The clocks of one ticket: the state of the fold over its signals. Stored as it is, or made again by ``SLAEngine/replay(_:)``.
public struct SLALedger: Hashable, Sendable {
    public package(set) var facts = SLAFacts()
    /// In the order in which they were started, those without a promise included.
    public var timers: [SLATimer] = []

    public init() {}

    /// The timers that a policy promises or promised something for: what people see, and what is stored as rows.
    public var promised: [SLATimer] { timers.filter { $0.promise != nil } }

    /// Passes every threshold of the ticket that is due; see ``SLATimer/fire(now:)``.
    ///
    /// - Returns: what was passed, by the time it was scheduled for.
    public mutating func fire(now: Timestamp) -> [SLAFiring] {
        collect { timer in timer.fire(now: now) }
    }

    mutating func collect(_ step: (inout SLATimer) -> [SLAFiring]) -> [SLAFiring] {
        var all: [SLAFiring] = []
        for index in timers.indices {
            all += step(&timers[index])
        }
        guard all.count > 1 else { return all }
        // Swift's sort is stable, but that is not promised: the position settles equal instants.
        return all.enumerated().sorted {
            ($0.element.scheduledFor, $0.element.threshold.rank, $0.offset) < ($1.element.scheduledFor, $1.element.threshold.rank, $1.offset)
        }.map(\.element)
    }
}
