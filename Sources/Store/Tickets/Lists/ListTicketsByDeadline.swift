public import Domain
public import Postgres

/// One page of the tickets with a promise that is not kept yet, in the order of the first deadline of each: an index on the clocks gives the order, and
/// of a ticket's clocks only the first counts.
public struct ListTicketsByDeadline<Direction: SortDirection, Scope: TicketScope>: Statement {
    public typealias Row = ListedTicket
    public static var sql: String {
        let (mark, suffix) = Direction.isDescending ? ("<", " DESC") : (">", "")
        let columns = "\(TicketColumns.list), due_at"
        let tickets = """
            SELECT \(columns)
            FROM (
                SELECT d.ticket_id, d.due_at FROM docket.sla_timer d
                WHERE d.tenant_id = $1 AND \(DeadlineSQL.counts("d")) AND (d.due_at, d.ticket_id) \(mark) ($14, $15) \(Scope.narrowing("d.ticket_id"))
                    AND NOT EXISTS (
                        SELECT FROM docket.sla_timer e WHERE e.tenant_id = $1 AND e.ticket_id = d.ticket_id AND \(DeadlineSQL.counts("e"))
                            AND (e.due_at, e.metric, e.instance) < (d.due_at, d.metric, d.instance)
                    )
            ) deadline
            JOIN docket.ticket ON ticket.tenant_id = $1 AND ticket.id = deadline.ticket_id
            WHERE \(TicketListSQL.conditions)
            ORDER BY deadline.due_at\(suffix), deadline.ticket_id\(suffix) LIMIT $16
            """
        return TicketListSQL.page(tickets, columns: columns, order: "due_at\(suffix), id\(suffix)")
    }
    let tenant: TenantID
    let filter: TicketFilter
    let after: TicketPosition?
    let limit: Int

    public init(tenant: TenantID, filter: TicketFilter, after: TicketPosition?, limit: Int) {
        self.tenant = tenant
        self.filter = filter
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        TicketListSQL.bind(tenant, filter, into: &binder)
        binder.append(Timestamp(sortKey: after?.key ?? (Direction.isDescending ? .max : .min)))
        binder.append(after?.id ?? TicketListSQL.end(Direction.self))
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> ListedTicket {
        var columns = ColumnReader(row)
        let hasNext = try columns.next(Bool.self)
        let ticket = try TicketColumns.decode(&columns)
        return ListedTicket(ticket: ticket, key: try columns.next(Timestamp.self).microseconds, hasNext: hasNext)
    }
}

/// One page of the tickets without such a promise, in the order of their ids: they come after the others.
public struct ListTicketsWithoutDeadline<Direction: SortDirection, Scope: TicketScope>: Statement {
    public typealias Row = ListedTicket
    public static var sql: String {
        let (mark, suffix) = Direction.isDescending ? ("<", " DESC") : (">", "")
        let further = """
            AND id \(mark) $14 AND NOT EXISTS (
                SELECT FROM docket.sla_timer d WHERE d.tenant_id = $1 AND d.ticket_id = ticket.id AND \(DeadlineSQL.counts("d"))
            )
            """
        let order = "id\(suffix)"
        let tickets = Scope.tickets(TicketColumns.list, where: further, "ORDER BY \(order) LIMIT $15")
        return TicketListSQL.page(tickets, columns: TicketColumns.list, order: order)
    }
    let tenant: TenantID
    let filter: TicketFilter
    let after: TicketID?
    let limit: Int

    public init(tenant: TenantID, filter: TicketFilter, after: TicketID?, limit: Int) {
        self.tenant = tenant
        self.filter = filter
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        TicketListSQL.bind(tenant, filter, into: &binder)
        binder.append(after ?? TicketListSQL.end(Direction.self))
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> ListedTicket {
        var columns = ColumnReader(row)
        let hasNext = try columns.next(Bool.self)
        return ListedTicket(ticket: try TicketColumns.decode(&columns), key: nil, hasNext: hasNext)
    }
}

/// As the index `sla_timer_deadline` has it, and ``SLALedger/nextDueAt``.
private enum DeadlineSQL {
    static func counts(_ timer: String) -> String { "\(timer).due_at IS NOT NULL AND \(timer).state IN ('running', 'breached_running')" }
}
