public import Domain
public import Postgres

/// Shows that a transaction decides by a version of the tenant's configuration, as ``RequireConfiguration`` does, but leaves it to the caller to look whether that is
/// still the version: in a statement behind this one, whose snapshot is later than the lock.
///
/// It is a statement of its own because a function of the database costs a pass that follows a pause several times as much.
public struct HoldConfiguration: Statement {
    public typealias Row = NoRow
    public static let sql = "SELECT pg_advisory_xact_lock_shared(\(key(tenant: "$1", version: "$2")))"
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

    /// The lock's key, that of `docket.require_configuration`: by it others wait until a version is settled.
    static func key(tenant: String, version: String) -> String {
        "uuid_hash(\(tenant)), (\(version) & 2147483647)::integer"
    }
}
