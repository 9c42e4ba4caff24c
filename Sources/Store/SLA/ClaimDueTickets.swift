public import Domain
public import Postgres

/// A ticket with something due, locked: as much of it as a firing needs.
public struct DueTicket: Hashable, Sendable {
    public let id: TicketID
    public let version: Int64
    public let lastSequence: Int
    public let updatedAt: Timestamp
    /// Whether it waits in a queue, whose entry carries the ticket's version.
    public let isWaiting: Bool

    init(id: TicketID, version: Int64, lastSequence: Int, updatedAt: Timestamp, isWaiting: Bool) {
        self.id = id
        self.version = version
        self.lastSequence = lastSequence
        self.updatedAt = updatedAt
        self.isWaiting = isWaiting
    }

    /// A ticket that was read and locked as a whole.
    public init(_ ticket: Ticket) {
        self.init(
            id: ticket.id,
            version: ticket.version,
            lastSequence: ticket.lastSequence,
            updatedAt: ticket.updatedAt,
            isWaiting: ticket.state == .waitingAssignment
        )
    }
}

/// Locks the tickets of a tenant whose timers or escalation levels are due, the longest overdue first, until the transaction ends.
///
/// Only the lock: timers, ledger and runs are read in a later statement, because this one may have begun before the last command on a ticket was
/// committed. A ticket that somebody else has locked is skipped: whoever has it will see what is due, or leaves it to the next claim.
///
/// Tickets are looked up and locked one by one in that order until there are enough: joined and sorted as a whole, all within the horizon would be read.
public struct ClaimDueTickets: Statement {
    public typealias Row = DueTicket

    /// How many rows are looked at for each ticket wanted: others may hold the first, and a ticket may have several timers.
    static let horizon = 8

    public static let sql = """
        WITH due AS MATERIALIZED (
            SELECT d.ticket_id, min(d.next_fire_at) AS fire_at
            FROM (
                (SELECT s.ticket_id, s.next_fire_at FROM docket.sla_timer s
                WHERE s.tenant_id = $1 AND s.next_fire_at <= (SELECT docket.now()) ORDER BY s.next_fire_at, s.ticket_id LIMIT $3)
                UNION ALL
                (SELECT e.ticket_id, e.next_fire_at FROM docket.escalation_run e
                WHERE e.tenant_id = $1 AND e.next_fire_at <= (SELECT docket.now()) ORDER BY e.next_fire_at, e.ticket_id LIMIT $3)
            ) d WHERE d.ticket_id <> ALL ($4) GROUP BY d.ticket_id ORDER BY fire_at, d.ticket_id
        )
        SELECT t.id, t.version, t.last_seq, t.updated_at, t.state = 'waiting_assignment'
        FROM due CROSS JOIN LATERAL (
            SELECT k.id, k.version, k.last_seq, k.updated_at, k.state FROM docket.ticket k
            WHERE k.tenant_id = $1 AND k.id = due.ticket_id FOR UPDATE SKIP LOCKED
        ) t
        LIMIT $2
        """
    let tenant: TenantID
    let limit: Int
    let excluded: [TicketID]

    /// - Parameters:
    ///   - limit: the most tickets.
    ///   - excluded: tickets to leave alone.
    public init(tenant: TenantID, limit: Int, excluded: [TicketID]) {
        self.tenant = tenant
        self.limit = limit
        self.excluded = excluded
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(Int64(limit))
        binder.append(Int64(limit * Self.horizon + excluded.count * Self.horizon))
        binder.append(excluded)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> DueTicket {
        var columns = ColumnReader(row)
        return DueTicket(
            id: try columns.next(),
            version: try columns.next(),
            lastSequence: Int(try columns.next(Int32.self)),
            updatedAt: try columns.next(),
            isWaiting: try columns.next()
        )
    }
}
