/// By how much a ticket is moved ahead in its queue, in seconds; negative moves it back (routing.md A).
public struct RankBoosts: Hashable, Sendable {
    public var p1Seconds = 240 * 60
    public var p2Seconds = 60 * 60
    public var p3Seconds = 0
    public var p4Seconds = -60 * 60
    /// For every ticket of the queue.
    public var queueSeconds = 0
    /// For tickets of VIP customers.
    public var vipSeconds = 0

    public init() {}

    func seconds(for priority: Priority) -> Int {
        switch priority {
        case .p1: p1Seconds
        case .p2: p2Seconds
        case .p3: p3Seconds
        case .p4: p4Seconds
        }
    }
}
