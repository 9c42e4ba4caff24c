public import Domain
public import Postgres

/// A ticket's messages in the order of their ids after `after`, a page at a time, as many as fit (``PageFit``). A provider's agent sees internal notes of others only while he has the ticket,
/// is offered it, or is asked about it (features.md A3.15).
public struct LoadMessages: Statement {
    public typealias Row = ListedMessage
    public static let sql = PageFit.sql(
        """
        SELECT \(MessageColumns.list) FROM docket.ticket_message
        WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 AND ($5::uuid IS NULL OR visibility = 'public' OR author_id = $5
            OR \(InternalSight.condition(viewer: "$5")))
        ORDER BY id LIMIT $4
        """,
        columns: MessageColumns.list,
        size: "octet_length(body)",
        order: "id"
    )
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

    public static func decode(_ row: RowView) throws(DecodeError) -> ListedMessage {
        var columns = ColumnReader(row)
        let hasNext = try columns.next(Bool.self)
        return ListedMessage(message: try MessageColumns.decode(&columns), hasNext: hasNext)
    }
}
