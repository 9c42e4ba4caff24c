import Postgres

/// The statements of the client's benchmark; pgbench runs the same ones.
enum BenchmarkStatement {
    struct Read: Statement {
        static var sql: String { "SELECT n FROM bench_row WHERE id = $1" }
        let id: Int

        func bind(into binder: inout Binder) { binder.append(id) }

        static func decode(_ row: RowView) throws(DecodeError) -> Int { try row.decode(Int.self, at: 0) }
    }

    struct Update: Statement {
        static var sql: String { "UPDATE bench_row SET n = n + 1 WHERE id = $1" }
        typealias Row = NoRow
        let id: Int

        func bind(into binder: inout Binder) { binder.append(id) }
    }

    struct SetTenant: Statement {
        static var sql: String { "SELECT set_config('app.tenant_id', $1, true)" }
        typealias Row = NoRow
        let tenant: Int

        func bind(into binder: inout Binder) { binder.append(String(tenant)) }
    }

    struct Append: Statement {
        static var sql: String { "INSERT INTO bench_event (row_id, note) VALUES ($1, 'changed')" }
        typealias Row = NoRow
        let id: Int

        func bind(into binder: inout Binder) { binder.append(id) }
    }
}
