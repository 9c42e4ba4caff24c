/// Which of the deliveries that were given up; nil parts do not filter.
public struct DeadDeliveryFilter: Hashable, Sendable {
    public var endpoint: WebhookEndpointID?
    /// Whether only mails are meant.
    public var isMailOnly = false
    public var eventType: String?
    public var diedFrom: Timestamp?
    public var diedBefore: Timestamp?

    public init() {}
}
