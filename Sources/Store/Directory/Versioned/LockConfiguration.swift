public import Domain
public import Postgres

/// Lets one writer of a tenant's configuration at a time go on: counts stay exact, and what later statements read is what they write over.
/// Commands on tickets only read the version, so they never wait for it. Gives the version; no row where there is no such tenant.
public struct LockConfiguration: Statement {
    public typealias Row = Int64
    public static let sql = "SELECT version FROM docket.tenant_configuration WHERE tenant_id = $1 FOR UPDATE"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int64 {
        try row.decode(Int64.self, at: 0)
    }
}
