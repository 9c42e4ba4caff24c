/// From when on a ticket belonged to an organization, or to none any more.
public struct SLAOrganizationSpan: Hashable, Sendable {
    public let since: Timestamp
    public let organization: OrganizationID?

    public init(since: Timestamp, organization: OrganizationID?) {
        self.since = since
        self.organization = organization
    }
}
