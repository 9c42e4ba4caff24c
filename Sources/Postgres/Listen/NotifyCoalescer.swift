/// Which channels to notify when: the first wake-up at once, later ones at least `interval` after the last of the same channel. Pure.
struct NotifyCoalescer {
    /// Channels are few and constant; more than this is a mistake of the caller, and the rest is left to polling.
    static let maximumChannels = 256

    let interval: Int64
    private var pending: Set<String> = []
    private var lastSent: [String: Int64] = [:]

    init(interval: Int64) {
        self.interval = interval
    }

    /// False where there are too many channels already.
    mutating func add(_ channel: String) -> Bool {
        guard pending.contains(channel) || pending.count < Self.maximumChannels else { return false }
        pending.insert(channel)
        return true
    }

    /// Takes what may be sent now, and says when the next may; nil where nothing is left.
    mutating func take(at now: Int64) -> (due: [String], next: Int64?) {
        var due: [String] = []
        var next: Int64?
        lastSent = lastSent.filter { $0.value + interval > now }
        for channel in pending {
            if let sent = lastSent[channel] {
                next = min(next ?? .max, sent + interval)
            } else {
                due.append(channel)
            }
        }
        for channel in due {
            pending.remove(channel)
            lastSent[channel] = now
        }
        return (due.sorted(), next)
    }

    /// Takes all, for the end.
    mutating func takeAll() -> [String] {
        defer { pending.removeAll() }
        return pending.sorted()
    }
}
