public import Domain
public import Postgres

/// For how many seconds a tenant has been suspended; no row where it is not.
public struct LoadSuspension: Statement {
    public static let sql = """
        SELECT coalesce(extract(epoch FROM docket.now() - suspended_at), 0)::bigint FROM docket.tenant WHERE id = $1 AND NOT active
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int64.self, at: 0))
    }
}
