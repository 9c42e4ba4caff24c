/// The statements that frame transactions; prepared like all others.
enum ControlStatement {
    struct Begin: Statement {
        static var sql: String { "BEGIN ISOLATION LEVEL READ COMMITTED" }
        typealias Row = NoRow
    }

    struct BeginRepeatableRead: Statement {
        static var sql: String { "BEGIN ISOLATION LEVEL REPEATABLE READ" }
        typealias Row = NoRow
    }

    struct BeginSerializable: Statement {
        static var sql: String { "BEGIN ISOLATION LEVEL SERIALIZABLE" }
        typealias Row = NoRow
    }

    struct Commit: Statement {
        static var sql: String { "COMMIT" }
        typealias Row = NoRow
    }

    struct Rollback: Statement {
        static var sql: String { "ROLLBACK" }
        typealias Row = NoRow
    }

    static func begin(_ isolation: IsolationLevel) -> any Statement.Type {
        switch isolation {
        case .readCommitted: Begin.self
        case .repeatableRead: BeginRepeatableRead.self
        case .serializable: BeginSerializable.self
        }
    }
}
