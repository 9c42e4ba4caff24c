public import Domain
public import Postgres

/// A ticket with something due, locked: as much of it as a firing needs.
public struct DueTicket: Hashable, Sendable {
    public let id: TicketID
    public let version: Int64
    public let lastSequence: Int
    public let updatedAt: Timestamp
    public let state: TicketState
    /// When the first of it was due; nil for a ticket that was not claimed for that.
    public let dueAt: Timestamp?

    /// Whether it waits in a queue, whose entry carries the ticket's version.
    public var isWaiting: Bool { state == .waitingAssignment }

    init(id: TicketID, version: Int64, lastSequence: Int, updatedAt: Timestamp, state: TicketState, dueAt: Timestamp? = nil) {
        self.id = id
        self.version = version
        self.lastSequence = lastSequence
        self.updatedAt = updatedAt
        self.state = state
        self.dueAt = dueAt
    }

    /// A ticket that was read and locked as a whole.
    public init(_ ticket: Ticket) {
        self.init(
            id: ticket.id,
            version: ticket.version,
            lastSequence: ticket.lastSequence,
            updatedAt: ticket.updatedAt,
            state: ticket.state
        )
    }
}

/// Locks the tickets of a tenant whose timers or escalation levels are due, the longest overdue first, until the transaction ends.
///
/// Only the lock: timers, ledger and runs are read in a later statement, because this one may have begun before the last command on a ticket was
/// committed. A ticket that somebody else has locked is skipped: whoever has it will see what is due, or leaves it to the next claim.
///
/// The two indexes are merged in the order of time, and each ticket is locked as it comes until there are enough: a claim reads what it takes, however
/// much is due behind it. Each branch has its own order and limit, which leave the planner no cheaper way than to merge them, whatever it knows of the
/// tables. A ticket with several timers due may come as often; whoever claims looks at it once.
public struct ClaimDueTickets: Statement {
    public typealias Row = DueTicket

    /// How many rows are looked at at most for each that is wanted: others may hold the first.
    static let horizon = 8

    public static let sql = """
        SELECT t.id, t.version, t.last_seq, t.updated_at, t.state, due.next_fire_at
        FROM (
            SELECT d.ticket_id, d.next_fire_at
            FROM (
                (SELECT s.ticket_id, s.next_fire_at FROM docket.sla_timer s
                WHERE s.tenant_id = $1 AND s.next_fire_at <= (SELECT docket.now()) AND s.ticket_id <> ALL ($4)
                    AND (s.next_fire_at, s.ticket_id) > ($5, $6)
                ORDER BY s.next_fire_at, s.ticket_id LIMIT $3)
                UNION ALL
                (SELECT e.ticket_id, e.next_fire_at FROM docket.escalation_run e
                WHERE e.tenant_id = $1 AND e.next_fire_at <= (SELECT docket.now()) AND e.ticket_id <> ALL ($4)
                    AND (e.next_fire_at, e.ticket_id) > ($5, $6)
                ORDER BY e.next_fire_at, e.ticket_id LIMIT $3)
            ) d ORDER BY d.next_fire_at, d.ticket_id LIMIT $3
        ) due CROSS JOIN LATERAL (
            SELECT k.id, k.version, k.last_seq, k.updated_at, k.state FROM docket.ticket k
            WHERE k.tenant_id = $1 AND k.id = due.ticket_id FOR UPDATE SKIP LOCKED
        ) t
        LIMIT $2
        """
    let tenant: TenantID
    let limit: Int
    let excluded: [TicketID]
    let position: DuePosition

    /// - Parameters:
    ///   - limit: the most rows.
    ///   - excluded: tickets to leave alone.
    ///   - position: behind what to begin.
    public init(tenant: TenantID, limit: Int, excluded: [TicketID], behind position: DuePosition = .start) {
        self.tenant = tenant
        self.limit = limit
        self.excluded = excluded
        self.position = position
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(Int64(limit))
        binder.append(Int64(limit * Self.horizon))
        binder.append(excluded)
        binder.append(position.dueAt)
        binder.append(position.ticket)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> DueTicket {
        var columns = ColumnReader(row)
        return DueTicket(
            id: try columns.next(),
            version: try columns.next(),
            lastSequence: Int(try columns.next(Int32.self)),
            updatedAt: try columns.next(),
            state: TicketState(rawValue: try columns.next(String.self)),
            dueAt: try columns.next()
        )
    }
}
