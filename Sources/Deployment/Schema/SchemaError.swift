/// Why a database cannot be prepared.
public enum SchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    case noSQLDirectory(String?)
    case unreadable(String)
    /// A movable clock is asked for on a database that was made without one.
    case noTestClock
    /// A process must not run as this role; why.
    case forbiddenRole(String)

    public var description: String {
        switch self {
        case .noSQLDirectory(.some(let path)): "there is no folder of migrations at \(path)"
        case .noSQLDirectory(nil): "the folder sql/ was not found; name it with DOCKET_SQL_DIRECTORY"
        case .unreadable(let path): "\(path) cannot be read"
        case .noTestClock: "the database was not made with a test clock; its time cannot be moved"
        case .forbiddenRole(let reason): reason
        }
    }
}
