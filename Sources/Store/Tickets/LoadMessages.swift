public import Domain
public import Postgres

/// A ticket's messages in the order of their ids after `after`, a page at a time.
public struct LoadMessages: Statement {
    public typealias Row = TicketMessage
    public static let sql = """
        SELECT \(MessageColumns.list) FROM docket.ticket_message
        WHERE tenant_id = $1 AND ticket_id = $2 AND id > $3 ORDER BY id LIMIT $4
        """
    let tenant: TenantID
    let ticket: TicketID
    let after: MessageID
    let limit: Int

    public init(tenant: TenantID, ticket: TicketID, after: MessageID? = nil, limit: Int) {
        self.tenant = tenant
        self.ticket = ticket
        self.after = after ?? .lowest
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(after)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketMessage {
        try MessageColumns.decode(row)
    }
}
