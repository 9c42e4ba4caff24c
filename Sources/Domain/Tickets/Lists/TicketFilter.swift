/// Which tickets a list shows; nil parts do not filter.
public struct TicketFilter: Hashable, Sendable {
    public var states: [TicketState]?
    public var priorities: [Priority]?
    public var queueID: QueueID?
    public var groupID: GroupID?
    public var assigneeID: AgentID?
    /// Only tickets without an assignee, or only those with one.
    public var isUnassigned: Bool?
    public var requesterID: RequesterID?
    /// The customer to whom the tickets belong now.
    public var organizationID: OrganizationID?
    public var externalReference: String?
    public var createdFrom: Timestamp?
    public var createdBefore: Timestamp?
    /// A provider's agent who asks: only tickets that he sees.
    public var viewer: AgentID?

    public init() {}
}
