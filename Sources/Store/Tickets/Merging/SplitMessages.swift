public import Domain
public import Postgres

/// Messages of a ticket by their ids; what is not one of its is left out.
public struct LoadSplitMessages: Statement {
    public typealias Row = TicketMessage
    public static let sql = """
        SELECT \(MessageColumns.list) FROM docket.ticket_message
        WHERE tenant_id = $1 AND ticket_id = $2 AND id = ANY ($3)
        """
    let tenant: TenantID
    let ticket: TicketID
    let messages: [MessageID]

    public init(tenant: TenantID, ticket: TicketID, messages: [MessageID]) {
        self.tenant = tenant
        self.ticket = ticket
        self.messages = messages
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(messages)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketMessage {
        try MessageColumns.decode(row)
    }
}

/// Carries messages over to another ticket: with their ids, authors and times. They stay where they are, too: what was said to a ticket is not changed.
public struct CopyMessages: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.ticket_message (tenant_id, ticket_id, id, visibility, author_kind, author_id, body, created_at)
        SELECT $1, $4, m.id, m.visibility, m.author_kind, m.author_id, m.body, m.created_at FROM docket.ticket_message m
        WHERE m.tenant_id = $1 AND m.ticket_id = $2 AND m.id = ANY ($3)
        """
    let tenant: TenantID
    let source: TicketID
    let messages: [MessageID]
    let target: TicketID

    public init(tenant: TenantID, source: TicketID, messages: [MessageID], target: TicketID) {
        self.tenant = tenant
        self.source = source
        self.messages = messages
        self.target = target
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(source)
        binder.append(messages)
        binder.append(target)
    }
}
