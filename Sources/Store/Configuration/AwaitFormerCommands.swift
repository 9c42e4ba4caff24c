public import Domain
public import Postgres

/// Waits until no transaction is left that decided by this version of the configuration or by one of the last before it, and keeps further ones from beginning:
/// each shows itself by a lock of its own (`docket.require_configuration`), and finds the new version once this transaction has committed.
///
/// To be asked for before any row is locked: those that are awaited may wait for one.
public struct AwaitFormerCommands: Statement {
    public typealias Row = NoRow
    /// How many versions may have been made while one command ran.
    private static let depth = 8

    public static let sql = """
        SELECT pg_advisory_xact_lock(uuid_hash($1), (v.version & 2147483647)::integer)
        FROM generate_series(greatest($2 - \(depth), 0), $2) AS v (version)
        """
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
