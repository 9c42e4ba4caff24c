public import Domain
public import Postgres

/// The live runs of tickets, each ticket's in the order of their ids.
public struct LoadRuns: Statement {
    public typealias Row = EscalationRunRecord
    public static let sql = """
        SELECT id, ticket_id, chain_id, trigger, document FROM docket.escalation_run
        WHERE tenant_id = $1 AND ticket_id = ANY ($2) AND state IN ('running', 'held', 'acknowledged') ORDER BY ticket_id, id
        """
    let tenant: TenantID
    let tickets: [TicketID]

    public init(tenant: TenantID, tickets: [TicketID]) {
        self.tenant = tenant
        self.tickets = tickets
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> EscalationRunRecord {
        var columns = ColumnReader(row)
        return EscalationRunRecord(
            id: try columns.next(),
            ticket: try columns.next(),
            chain: try columns.next(),
            trigger: try columns.next(),
            run: try columns.nextDocument()
        )
    }
}
