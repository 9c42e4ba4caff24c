/// Why a database cannot be prepared.
public enum SchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    case noSQLDirectory(String?)
    case unreadable(String)
    /// A movable clock is asked for on a database that was made without one.
    case noTestClock
    /// A process must not run as this role; why.
    case forbiddenRole(String)
    /// So many tables of tenants' rows are not protected.
    case unprotectedTables(Int)

    public var description: String {
        switch self {
        case .noSQLDirectory(.some(let path)): "DOCKET_SQL_DIRECTORY: there is no folder migrations in \(path)"
        case .noSQLDirectory(nil): "the folder sql/ was not found; name it with DOCKET_SQL_DIRECTORY"
        case .unreadable(let path): "\(path) cannot be read"
        case .noTestClock: "the database was not made with a test clock; its time cannot be moved"
        case .forbiddenRole(let reason): reason
        case .unprotectedTables(let count): "refusing to run: \(count) tenant tables have no row level security"
        }
    }

    /// Whether a setting is wrong, so that trying again is of no use (contract.md, Errors).
    public var isOfSettings: Bool {
        switch self {
        case .noSQLDirectory, .forbiddenRole: true
        case .unreadable, .noTestClock, .unprotectedTables: false
        }
    }
}
