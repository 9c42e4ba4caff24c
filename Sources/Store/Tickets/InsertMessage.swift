public import Domain
public import Postgres

/// Adds a public reply or an internal note.
public struct InsertMessage: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.ticket_message (tenant_id, ticket_id, id, visibility, author_kind, author_id, body, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """
    let tenant: TenantID
    let message: TicketMessage

    public init(tenant: TenantID, message: TicketMessage) {
        self.tenant = tenant
        self.message = message
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(message.ticketID)
        binder.append(message.id)
        binder.append(message.visibility.rawValue)
        switch message.author {
        case .agent(let id):
            binder.append("agent")
            binder.append(Optional(PostgresUUID(high: id.high, low: id.low)))
        case .requester(let id):
            binder.append("requester")
            binder.append(id.map { PostgresUUID(high: $0.high, low: $0.low) })
        case .system:
            binder.append("system")
            binder.append(PostgresUUID?.none)
        }
        binder.append(message.body)
        binder.append(message.createdAt)
    }
}
