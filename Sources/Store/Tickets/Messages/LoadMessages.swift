public import Domain
public import Postgres

/// A ticket's messages in the order of their ids after `after`, a page at a time. A provider's agent sees internal notes of others only while he has the ticket,
/// is offered it, or is asked about it (features.md A3.15).
public struct LoadMessages: Statement {
    public typealias Row = TicketMessage
    public static let sql = """
        SELECT \(MessageColumns.list) FROM docket.ticket_message
        WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 AND ($5::uuid IS NULL OR visibility = 'public' OR author_id = $5
            OR EXISTS (SELECT FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = $2 AND (t.assignee_id = $5 OR t.offered_agent_id = $5))
            OR EXISTS (SELECT FROM docket.consultation c
                WHERE c.tenant_id = $1 AND c.ticket_id = $2 AND c.agent_id = $5 AND c.state = 'open'))
        ORDER BY id LIMIT $4
        """
    let page: TicketPage<Entity.Message>
    let viewer: AgentID?

    /// - Parameter viewer: a provider's agent; nil for all who see every ticket.
    public init(tenant: TenantID, ticket: TicketID, viewer: AgentID? = nil, after: MessageID? = nil, limit: Int) {
        self.viewer = viewer
        page = TicketPage(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        page.bind(into: &binder)
        binder.append(viewer)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketMessage {
        try MessageColumns.decode(row)
    }
}
