public import Domain
public import Postgres

/// A ticket's messages in the order of their ids after `after`, a page at a time.
public struct LoadMessages: Statement {
    public typealias Row = TicketMessage
    public static let sql = """
        SELECT id, visibility, author_kind, author_id, body, created_at, ticket_id FROM docket.ticket_message
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
        var columns = ColumnReader(row)
        let id = try columns.next(MessageID.self)
        let visibility = try columns.nextCode(TicketMessage.Visibility.self)
        let kind = try columns.next(String.self)
        let author = try columns.nextOptional(PostgresUUID.self)
        let body = try columns.next(String.self)
        let createdAt = try columns.next(Timestamp.self)
        let ticket = try columns.next(TicketID.self)
        return TicketMessage(
            id: id,
            ticketID: ticket,
            visibility: visibility,
            author: try self.author(kind, author),
            body: body,
            createdAt: createdAt
        )
    }

    private static func author(_ kind: String, _ id: PostgresUUID?) throws(DecodeError) -> TicketMessage.Author {
        switch (kind, id) {
        case ("agent", .some(let id)): .agent(AgentID(high: id.high, low: id.low))
        case ("requester", let id): .requester(id.map { RequesterID(high: $0.high, low: $0.low) })
        case ("system", _): .system
        default: throw DecodeError("an unknown kind of author")
        }
    }
}
