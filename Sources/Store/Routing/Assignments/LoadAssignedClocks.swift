public import Domain
public import Postgres

/// Reads tickets that the transaction has just assigned, with their clocks.
///
/// Which policy a ticket goes by stands in its clocks alone: those that no given policy concerns are left out by the server, which reads the document for it.
/// Where no condition looks at them, the descriptions are left out, too: such a ticket is never written as a whole.
public struct LoadAssignedClocks: Statement {
    public struct Row: Sendable {
        public let ticket: Ticket
        /// nil where there are none, and where they cannot be read.
        public let ledger: SLALedger?
        public let isReadable: Bool
    }

    public static let sql = """
        SELECT \(TicketColumns.briefList(describedIf: "$5")), l.document FROM docket.ticket t
        LEFT JOIN docket.sla_ledger l ON l.tenant_id = $1 AND l.ticket_id = t.id
        WHERE t.tenant_id = $1 AND t.id = ANY ($2)
            AND ($3 OR coalesce(l.document #>> '{facts,policy,id}', l.document #>> '{facts,former_policy,id}') = ANY ($4))
        """
    let tenant: TenantID
    let tickets: [TicketID]
    let policies: Set<SLAPolicyID>?
    let withDescriptions: Bool

    /// - Parameters:
    ///   - policies: nil: whatever policy they go by, and also where they have no clocks.
    ///   - withDescriptions: whether some condition looks at them.
    public init(tenant: TenantID, tickets: [TicketID], policies: Set<SLAPolicyID>?, withDescriptions: Bool) {
        self.tenant = tenant
        self.tickets = tickets
        self.policies = policies
        self.withDescriptions = withDescriptions
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(policies == nil)
        binder.append((policies ?? []).map(\.description).sorted())
        binder.append(withDescriptions)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let ticket = try TicketColumns.decode(&columns)
        guard let document = try columns.nextOptional(JSON.self) else { return Row(ticket: ticket, ledger: nil, isReadable: true) }
        let ledger = try? DocumentCoding.read(SLALedger.self, from: document.bytes)
        return Row(ticket: ticket, ledger: ledger, isReadable: ledger != nil)
    }
}
