public import Domain
public import Postgres

/// A ticket's messages in the order of their ids after `after`, a page at a time.
public struct LoadMessages: Statement {
    public typealias Row = TicketMessage
    public static let sql = """
        SELECT \(MessageColumns.list) FROM docket.ticket_message
        WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 ORDER BY id LIMIT $4
        """
    let page: TicketPage<Entity.Message>

    public init(tenant: TenantID, ticket: TicketID, after: MessageID? = nil, limit: Int) {
        page = TicketPage(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        page.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketMessage {
        try MessageColumns.decode(row)
    }
}
