public import Domain
public import Postgres

/// Leaves word that the erasing of a suspended tenant was begun; its row says so until it goes itself or is served again. For the operator's role only.
public struct NoteErasure: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.tenant SET erasure_began_at = coalesce(erasure_began_at, docket.now()) WHERE id = $1 AND NOT active"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }
}
