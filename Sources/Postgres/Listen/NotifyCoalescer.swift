/// Which channels to notify when: single wake-ups at once, a stream of them at most one each `interval`. Pure.
///
/// Each channel has an allowance of `burst` wake-ups that fills again by one each `interval`: events that come one by one, however close two of
/// them happen to be, wake without delay, and a flood costs a bounded number of notifications.
struct NotifyCoalescer {
    /// Channels are few and constant; more than this is a mistake of the caller, and the rest is left to polling.
    static let maximumChannels = 256

    /// Nanoseconds.
    let interval: Int64
    let burst: Int64
    private var pending: Set<String> = []
    /// When a channel's allowance is full again.
    private var fullAt: [String: Int64] = [:]

    init(interval: Int64, burst: Int64) {
        self.interval = interval
        self.burst = burst
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
        fullAt = fullAt.filter { $0.value > now }
        for channel in pending {
            if let allowed = spend(channel, at: now) {
                next = min(next ?? .max, allowed)
            } else {
                due.append(channel)
            }
        }
        pending.subtract(due)
        return (due.sorted(), next)
    }

    /// Takes those of the channels that may be sent now, for somebody who sends them by himself; the others are to be added when their time comes.
    mutating func reserve(_ channels: [String], at now: Int64) -> [String] {
        channels.filter { spend($0, at: now) == nil }
    }

    /// Takes one wake-up from the channel's allowance; returns when there will be one where there is none.
    private mutating func spend(_ channel: String, at now: Int64) -> Int64? {
        let full = max(fullAt[channel] ?? now, now)
        let allowed = full - (burst - 1) * interval
        if allowed > now { return allowed }
        fullAt[channel] = full + interval
        return nil
    }

    /// Takes all, for the end.
    mutating func takeAll() -> [String] {
        defer { pending.removeAll() }
        return pending.sorted()
    }
}
