/// Where a tenant wants to be told of its tickets (api.md 7).
public struct WebhookEndpointContent: VersionedContent {
    public typealias Kind = Entity.WebhookEndpoint
    public static let uniqueField: String? = nil

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
    /// Those that sign beside it for a time, the newest first.
    public var earlierSecrets: [EarlierSecret]

    public static let maximumURLLength = 2_000
    public static let maximumNoteLength = 500
    public static let maximumEventTypes = 100
    /// With the present one as many as sign at once.
    public static let maximumEarlierSecrets = 3
    /// For how many seconds an earlier secret may sign: at most a week.
    public static let overlapSeconds = 0...604_800
    /// The same where nobody says: a day.
    public static let defaultOverlapSeconds = 86_400

    public init(
        url: String,
        note: String = "",
        eventTypes: [String] = [],
        status: Status = .active,
        failingSince: Timestamp? = nil,
        sealedSecret: [UInt8],
        earlierSecrets: [EarlierSecret] = []
    ) {
        self.url = url
        self.note = note
        self.eventTypes = eventTypes
        self.status = status
        self.failingSince = failingSince
        self.sealedSecret = sealedSecret
        self.earlierSecrets = earlierSecrets
    }

    /// Takes another secret; the one before signs beside it until `until`.
    ///
    /// - Parameter until: nil ends it, and all before it, at once.
    /// - Returns: nil where as many sign already as may.
    public func rotated(to sealed: [UInt8], keepingEarlierUntil until: Timestamp?, at now: Timestamp) -> WebhookEndpointContent? {
        var rotated = self
        rotated.sealedSecret = sealed
        rotated.earlierSecrets = []
        guard let until else { return rotated }
        let live = earlierSecrets.filter { $0.until > now }
        guard live.count < Self.maximumEarlierSecrets else { return nil }
        rotated.earlierSecrets = [EarlierSecret(sealed: sealedSecret, until: until)] + live
        return rotated
    }
}
