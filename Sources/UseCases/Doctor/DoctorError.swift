/// Why nothing can be examined.
public enum DoctorError: Error, Hashable, Sendable, CustomStringConvertible {
    case noSchema
    /// The role does not own the tables: the policies hide from it what is to be examined.
    case notOperator

    public var description: String {
        switch self {
        case .noSchema: "the database has no tables of Docket; run `docket migrate up`"
        case .notOperator: "this role cannot see all tables; use the URL of docket_migrate"
        }
    }
}
