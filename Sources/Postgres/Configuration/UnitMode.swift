/// How a unit becomes one transaction.
public enum UnitMode: String, Sendable, CaseIterable {
    /// The implicit transaction of the extended protocol: several units may be in flight on one connection.
    case implicit
    /// BEGIN … COMMIT in the same flush, for sharded databases (libpq.md 4.0): one unit in flight on a connection.
    case explicit
}
