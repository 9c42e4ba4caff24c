public import Domain
public import Postgres

/// A waiting ticket with its queue, for an explanation.
public struct LoadRoutingTicket: Statement {
    public struct Row: Sendable {
        public let now: Timestamp
        public let queue: QueueID
        public let head: RoutingHead
    }

    public static let sql = """
        SELECT \(RoutingHead.columns), 1::bigint, docket.now(), r.queue_id FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.ticket_id = $2
        """
    let tenant: TenantID
    let ticket: TicketID

    public init(tenant: TenantID, ticket: TicketID) {
        self.tenant = tenant
        self.ticket = ticket
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(now: try row.decode(Timestamp.self, at: 23), queue: try row.decode(QueueID.self, at: 24), head: try RoutingHead(row))
    }
}

/// The keys by which people know a tenant's skills.
public struct LoadSkillKeys: Statement {
    public struct Row: Sendable {
        public let id: SkillID
        public let key: String
    }

    public static let sql = "SELECT id, key FROM docket.skill WHERE tenant_id = $1 LIMIT 10000"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(id: try row.decode(SkillID.self, at: 0), key: try row.decode(String.self, at: 1))
    }
}
