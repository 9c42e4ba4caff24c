public import Domain
public import Postgres

/// Aborts the transaction with ``StoreError/configurationChanged`` unless the tenant's configuration still has the version that was decided on.
public struct RequireConfiguration: Statement {
    public typealias Row = NoRow
    public static let sql = "SELECT docket.require_configuration($1, $2)"
    let tenant: TenantID
    let version: Int64

    public init(tenant: TenantID, version: Int64) {
        self.tenant = tenant
        self.version = version
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(version)
    }
}

/// Gives the tenant's configuration a new version; every write to a queue, policy, calendar, chain or endpoint ends with it.
public struct AdvanceConfiguration: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.tenant_configuration SET version = version + 1 WHERE tenant_id = $1"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }
}

/// The version of the tenant's configuration.
public struct LoadConfigurationVersion: Statement {
    public typealias Row = Int64
    public static let sql = "SELECT version FROM docket.tenant_configuration WHERE tenant_id = $1"
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
