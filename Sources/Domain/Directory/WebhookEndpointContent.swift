/// Where a tenant wants to be told of its tickets (api.md 7).
public struct WebhookEndpointContent: VersionedContent {
    public typealias Kind = Entity.WebhookEndpoint

    public enum Status: String, CaseIterable, Hashable, Sendable {
        case active
        case disabled
    }

    public var url: String
    public var note: String
    /// The kinds of events that are sent; empty: all.
    public var eventTypes: [String]
    public var status: Status
    /// Since when every delivery has failed; the courier keeps it.
    public var failingSince: Timestamp?
    /// The signing secret, encrypted; never shown, and of no use without the master key.
    public var sealedSecret: [UInt8]

    public static let maximumURLLength = 2_000
    public static let maximumNoteLength = 500
    public static let maximumEventTypes = 100

    public init(
        url: String,
        note: String = "",
        eventTypes: [String] = [],
        status: Status = .active,
        failingSince: Timestamp? = nil,
        sealedSecret: [UInt8]
    ) {
        self.url = url
        self.note = note
        self.eventTypes = eventTypes
        self.status = status
        self.failingSince = failingSince
        self.sealedSecret = sealedSecret
    }
}
