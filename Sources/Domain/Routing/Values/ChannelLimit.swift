/// How much an agent takes of one channel's work (routing.md, inputs): one call at a time, for example, beside many letters.
public struct ChannelLimit: Hashable, Sendable {
    public let channel: Channel
    /// Capacity units.
    public var capacity: Int
    /// Units taken on the channel by assignments and open offers.
    public var load: Int

    public init(_ channel: Channel, capacity: Int, load: Int = 0) {
        self.channel = channel
        self.capacity = capacity
        self.load = load
    }
}
