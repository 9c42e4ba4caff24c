public import Domain
public import Postgres

/// The clocks of tickets, and the time by which they are judged: read after the tickets were locked.
public struct LoadLedgers: Statement {
    public struct Row: Sendable {
        public let ticket: TicketID
        /// nil where the stored document cannot be understood: that ticket fails, not its whole batch.
        public let ledger: SLALedger?
    }

    public static let sql = "SELECT ticket_id, document FROM docket.sla_ledger WHERE tenant_id = $1 AND ticket_id = ANY ($2)"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        let text = try row.decode(JSON.self, at: 1).bytes
        return Row(ticket: try row.decode(TicketID.self, at: 0), ledger: try? DocumentCoding.read(SLALedger.self, from: text))
    }
}

/// The database's time.
public struct ReadTime: Statement {
    public typealias Row = Timestamp
    public static let sql = ReadClock.sql

    public init() {}

    public static func decode(_ row: RowView) throws(DecodeError) -> Timestamp {
        try ReadClock.decode(row)
    }
}
