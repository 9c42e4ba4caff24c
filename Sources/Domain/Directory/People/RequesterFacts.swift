/// What a new ticket takes over from its requester.
public struct RequesterFacts: Hashable, Sendable {
    /// The requester's version that says so.
    public let version: Int64
    public let isVIP: Bool
    public let language: String?
    public let organizationID: OrganizationID?

    public init(version: Int64, isVIP: Bool, language: String?, organizationID: OrganizationID? = nil) {
        self.version = version
        self.isVIP = isVIP
        self.language = language
        self.organizationID = organizationID
    }
}

extension TicketContent {
    /// The content with what its requester brings along: the language only where it has none of its own.
    ///
    /// - Parameter isVIP: whether he is a VIP whatever is known of him, because of the key through which the ticket came.
    public func taking(_ facts: RequesterFacts?, isVIP: Bool = false) -> TicketContent {
        var content = self
        content.isRequesterVIP = isVIP || facts?.isVIP ?? false
        content.language = content.language ?? facts?.language
        content.organizationID = facts?.organizationID
        return content
    }
}
