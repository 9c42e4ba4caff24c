public import Domain
public import Postgres

/// Counts tickets that were measured anew before the tenant's live re-evaluation reached them, because something of them was due. The last statement of its transaction,
/// as with ``CountReevaluation``: all workers write this row.
public struct CountMeasuredAhead: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.sla_reevaluation SET changed = changed + $2, breached = breached + $3 WHERE tenant_id = $1 AND state IN ('waiting', 'running')
        """
    let tenant: TenantID
    let changed: Int
    let breached: Int

    /// - Parameter breached: targets that turned out to be missed already.
    public init(tenant: TenantID, changed: Int, breached: Int) {
        self.tenant = tenant
        self.changed = changed
        self.breached = breached
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(Int64(changed))
        binder.append(Int64(breached))
    }
}
