public import Domain
public import Postgres

/// A tenant's tickets that were closed so long ago that they are to be archived, the longest ago first; none where the tenant does not want it.
///
/// Locks nothing: whoever archives them decides again under their locks.
public struct FindClosedTickets: Statement {
    public typealias Row = AgedTicket
    public static let sql = """
        SELECT id, closed_at FROM docket.ticket
        WHERE tenant_id = $1 AND closed_at IS NOT NULL AND NOT is_archived AND closed_at <= (
            SELECT docket.now() - make_interval(hours => 24 * c.archive_closed_after_days) FROM docket.tenant_configuration c WHERE c.tenant_id = $1
        ) AND (closed_at, id) > ($2, $3) ORDER BY closed_at, id LIMIT $4
        """
    let tenant: TenantID
    let after: AgedTicket
    let limit: Int

    public init(tenant: TenantID, after: AgedTicket = .none, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after.since)
        binder.append(after.id)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AgedTicket { try AgedTicket(row) }
}
