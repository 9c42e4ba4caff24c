/// Who listens to which channel. Holds subscriptions weakly: they live as long as their streams.
struct Subscribers {
    private struct Weak {
        weak var subscription: Subscription?
    }

    private var byChannel: [String: [Weak]] = [:]

    var channels: Set<String> { Set(byChannel.keys) }

    mutating func add(_ subscription: Subscription, to channel: String) {
        byChannel[channel, default: []].removeAll { $0.subscription == nil }
        byChannel[channel, default: []].append(Weak(subscription: subscription))
    }

    func subscriptions(of channel: String) -> [Subscription] {
        byChannel[channel]?.compactMap(\.subscription) ?? []
    }

    var all: [Subscription] {
        byChannel.values.flatMap { $0.compactMap(\.subscription) }
    }
}
