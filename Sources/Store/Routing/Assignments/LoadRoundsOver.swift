public import Domain
public import Postgres

/// How many rounds of offers were over before an event of a ticket, since the assignment before it (routing.md G); no row where none was.
public struct LoadRoundsOver: Statement {
    public typealias Row = Int
    public static let sql = """
        SELECT (data ->> 'round')::integer FROM docket.ticket_event
        WHERE tenant_id = $1 AND ticket_id = $2 AND seq < $3 AND kind IN ('ticket.offer_round_ended', 'ticket.no_taker')
            AND seq > coalesce((
                SELECT max(a.seq) FROM docket.ticket_event a
                WHERE a.tenant_id = $1 AND a.ticket_id = $2 AND a.kind = 'ticket.assigned' AND a.seq < $3
            ), 0)
        ORDER BY seq DESC LIMIT 1
        """
    let tenant: TenantID
    let ticket: TicketID
    let before: Int

    /// - Parameter sequence: of the event.
    public init(tenant: TenantID, ticket: TicketID, before sequence: Int) {
        self.tenant = tenant
        self.ticket = ticket
        before = sequence
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(Int32(clamping: before))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int32.self, at: 0))
    }
}
