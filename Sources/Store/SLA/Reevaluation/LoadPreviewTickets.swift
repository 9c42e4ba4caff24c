public import Domain
public import Postgres

/// Live tickets with their clocks, as one statement sees them: from an id backwards, because the live ones are mostly the newest. Looks at so many
/// tickets, live or not, and locks none.
public struct LoadPreviewTickets: Statement {
    public struct Row: Sendable {
        public let ticket: Ticket
        public let hasLedger: Bool
        /// nil where there is none, or it cannot be understood.
        public let ledger: SLALedger?
    }

    public static let sql = """
        WITH seen AS MATERIALIZED (
            SELECT k.id AS seen_id, k.state AS seen_state FROM docket.ticket k WHERE k.tenant_id = $1 AND k.id < $2 ORDER BY k.id DESC LIMIT $3
        )
        SELECT l.document, \(TicketColumns.briefList(describedIf: "$4")) FROM seen JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = seen_id
        LEFT JOIN docket.sla_ledger l ON l.tenant_id = $1 AND l.ticket_id = t.id
        WHERE seen_state NOT IN ('closed', 'archived') ORDER BY t.id DESC
        """
    let tenant: TenantID
    let before: TicketID
    let horizon: Int
    let withDescriptions: Bool

    /// - Parameter withDescriptions: whether some condition looks at them.
    public init(tenant: TenantID, before: TicketID, horizon: Int, withDescriptions: Bool) {
        self.tenant = tenant
        self.before = before
        self.horizon = horizon
        self.withDescriptions = withDescriptions
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(before)
        binder.append(Int64(horizon))
        binder.append(withDescriptions)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let text = try columns.nextOptional(JSON.self)
        let ticket = try TicketColumns.decode(&columns)
        let ledger = text.flatMap { try? DocumentCoding.read(SLALedger.self, from: $0.bytes) }
        return Row(ticket: ticket, hasLedger: text != nil, ledger: ledger)
    }
}

/// The last ticket that ``LoadPreviewTickets`` looked at; no row where it came to the end.
public struct FindPreviewEnd: Statement {
    public typealias Row = TicketID
    public static let sql = "SELECT id FROM docket.ticket WHERE tenant_id = $1 AND id < $2 ORDER BY id DESC OFFSET $3 - 1 LIMIT 1"
    let tenant: TenantID
    let before: TicketID
    let horizon: Int

    public init(tenant: TenantID, before: TicketID, horizon: Int) {
        self.tenant = tenant
        self.before = before
        self.horizon = horizon
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(before)
        binder.append(Int64(horizon))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID { try row.decode(TicketID.self, at: 0) }
}
