import Postgres

/// A database on which `docket migrate up` has not run, or not since an upgrade: what a command asks for is not there.
enum MissingSchema {
    static let sentence = "the database has no tables of Docket, or those of another version; run `docket migrate up`"
}

extension PostgresError {
    /// Whether a schema, a table, a column or a function is not there that this version has.
    var lacksSchema: Bool {
        switch sqlState {
        case "3F000", "42P01", "42703", "42883": true
        default: false
        }
    }
}
