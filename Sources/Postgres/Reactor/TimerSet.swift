/// A few timers, one per owner. Owners arm them lazily, not once per unit, so a linear search is enough.
struct TimerSet {
    private struct Timer {
        let time: Int64
        let action: @Sendable () -> Void
    }

    private var timers: [ObjectIdentifier: Timer] = [:]
    private var earliest = Int64.max

    mutating func set(_ owner: ObjectIdentifier, at time: Int64, _ action: @escaping @Sendable () -> Void) {
        timers[owner] = Timer(time: time, action: action)
        // A replaced timer may have been the earliest: then the next look is early, finds nothing, and corrects it.
        earliest = min(earliest, time)
    }

    mutating func clear(_ owner: ObjectIdentifier) {
        timers[owner] = nil
    }

    /// Removes and returns the actions whose time has come.
    mutating func due(at now: Int64) -> [@Sendable () -> Void] {
        guard now >= earliest else { return [] }
        let due = timers.filter { $0.value.time <= now }
        for owner in due.keys {
            timers[owner] = nil
        }
        earliest = timers.values.map(\.time).min() ?? .max
        return due.values.sorted { $0.time < $1.time }.map(\.action)
    }

    /// How long to sleep until the earliest timer; -1 for ever.
    func milliseconds(from now: Int64) -> Int32 {
        guard earliest != .max else { return -1 }
        return Int32(clamping: max(0, (earliest - now + 999_999) / 1_000_000))
    }
}
