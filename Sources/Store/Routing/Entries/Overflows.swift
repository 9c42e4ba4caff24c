public import Domain
public import Postgres

/// Locks tickets of a queue that have waited for so long that they are to move on, the longest overdue ones. A ticket that somebody works on is left for
/// the next time.
public struct LockOverflowing: Statement {
    public typealias Row = Ticket
    /// The most at a time.
    public static let limit = 50

    public static let sql = """
        SELECT \(TicketColumns.list) FROM docket.ticket WHERE tenant_id = $1 AND id = ANY (ARRAY(
            SELECT r.ticket_id FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.overflow_at <= (SELECT docket.now())
            ORDER BY r.overflow_at LIMIT \(limit)))
        ORDER BY id FOR UPDATE SKIP LOCKED
        """
    let tenant: TenantID
    let queue: QueueID

    public init(tenant: TenantID, queue: QueueID) {
        self.tenant = tenant
        self.queue = queue
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        try LoadTicket.decode(row)
    }
}

/// The same tickets, not locked.
public struct ListOverflowing: Statement {
    public typealias Row = TicketID
    public static let sql = """
        SELECT r.ticket_id FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.overflow_at <= (SELECT docket.now())
        ORDER BY r.overflow_at LIMIT \(LockOverflowing.limit)
        """
    let tenant: TenantID
    let queue: QueueID

    public init(tenant: TenantID, queue: QueueID) {
        self.tenant = tenant
        self.queue = queue
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}

/// Lets waiting tickets of a queue stay where they are: what they were to move on to takes nothing any more.
public struct ClearOverflows: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.routing_entry SET overflow_at = NULL WHERE tenant_id = $1 AND ticket_id = ANY ($2) AND queue_id = $3"
    let tenant: TenantID
    let queue: QueueID
    let tickets: [TicketID]

    public init(tenant: TenantID, queue: QueueID, tickets: [TicketID]) {
        self.tenant = tenant
        self.queue = queue
        self.tickets = tickets
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(queue)
    }
}
