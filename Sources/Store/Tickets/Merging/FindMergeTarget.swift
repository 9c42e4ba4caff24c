public import Domain
public import Postgres

/// Where a merged ticket's messages belong: the end of the chain of merges, which is followed for so many steps at most. No row where it is longer.
public struct FindMergeTarget: Statement {
    public typealias Row = TicketID
    public static let maximumSteps = 100
    public static let sql = """
        WITH RECURSIVE chain (id, merged_into, step) AS (
            SELECT t.id, t.merged_into, 0 FROM docket.ticket t WHERE t.tenant_id = $1 AND t.id = $2
            UNION ALL
            SELECT t.id, t.merged_into, c.step + 1 FROM chain c JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = c.merged_into
                WHERE c.step < \(maximumSteps)
        )
        SELECT id FROM chain WHERE merged_into IS NULL
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

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketID {
        try row.decode(TicketID.self, at: 0)
    }
}
