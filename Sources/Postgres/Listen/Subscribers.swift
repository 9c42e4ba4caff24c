/// Who listens to which channel. Holds subscriptions weakly: they live as long as their streams.
struct Subscribers {
    private struct Weak {
        weak var subscription: Subscription?
    }

    private var byChannel: [String: [Weak]] = [:]
    /// The channels that the present session LISTENs to.
    private var listened: Set<String> = []
    private var hasEnded = false

    /// The channels somebody subscribed to that no LISTEN was sent for.
    var missing: Set<String> { Set(byChannel.keys).subtracting(listened) }

    /// Every subscription begins with a forced pass: at once where the channel is listened to already, else when it is. Ends what comes too late.
    mutating func add(_ subscription: Subscription, to channel: String) {
        if hasEnded { return subscription.finish() }
        byChannel[channel, default: []].removeAll { $0.subscription == nil }
        byChannel[channel, default: []].append(Weak(subscription: subscription))
        if listened.contains(channel) { subscription.wake(.reconnected) }
    }

    /// The session LISTENs to the channels now: what came before may be lost.
    mutating func listens(to channels: Set<String>) {
        listened.formUnion(channels)
        for channel in channels {
            for subscription in subscriptions(of: channel) { subscription.wake(.reconnected) }
        }
    }

    /// The session is gone, or not begun.
    mutating func listensToNothing() {
        listened = []
    }

    /// The service is over.
    mutating func end() {
        hasEnded = true
        for subscription in byChannel.values.flatMap({ $0.compactMap(\.subscription) }) { subscription.finish() }
        byChannel = [:]
    }

    func subscriptions(of channel: String) -> [Subscription] {
        byChannel[channel]?.compactMap(\.subscription) ?? []
    }
}
