/// Values that are good for a while; bounded in number.
struct ExpiringCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let value: Value
        let until: ContinuousClock.Instant
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { entries.count }

    func value(for key: Key, at now: ContinuousClock.Instant) -> Value? {
        guard let entry = entries[key], now < entry.until else { return nil }
        return entry.value
    }

    /// Keeps a value. Where there is no room, the entries that are over make it; where none is, all go: they are cheap to get again.
    mutating func keep(_ value: Value, for key: Key, until: ContinuousClock.Instant, at now: ContinuousClock.Instant) {
        if entries.count >= capacity, entries[key] == nil {
            entries = entries.filter { now < $0.value.until }
            if entries.count >= capacity { entries.removeAll(keepingCapacity: true) }
        }
        entries[key] = Entry(value: value, until: until)
    }
}
