import Glibc

@testable import Postgres

struct Insert: Statement {
    static var sql: String { "INSERT INTO item (id, name) VALUES ($1, $2)" }
    typealias Row = NoRow
    let id: Int
    var name: String? = "x"

    func bind(into binder: inout Binder) {
        binder.append(id)
        binder.append(name)
    }
}

struct CountItems: Statement {
    static var sql: String { "SELECT count(*) FROM item" }

    static func decode(_ row: RowView) throws(DecodeError) -> Int { try row.decode(Int.self, at: 0) }
}

struct SelectAll: Statement {
    static var sql: String { "SELECT * FROM item ORDER BY id" }

    static func decode(_ row: RowView) throws(DecodeError) -> Int { row.columnCount }
}

struct One: Statement {
    static var sql: String { "SELECT 1" }

    static func decode(_ row: RowView) throws(DecodeError) -> Int { try row.decode(Int.self, at: 0) }
}

struct Sleep: Statement {
    static var sql: String { "SELECT 1 FROM pg_sleep($1)" }
    let seconds: Double

    func bind(into binder: inout Binder) { binder.append(seconds) }

    static func decode(_ row: RowView) throws(DecodeError) -> Int { try row.decode(Int.self, at: 0) }
}

struct BackendID: Statement {
    static var sql: String { "SELECT pg_backend_pid()" }

    static func decode(_ row: RowView) throws(DecodeError) -> Int32 { try row.decode(Int32.self, at: 0) }
}

/// Whether the connection is outside of any earlier transaction: its own is not a block, and it holds no advisory lock of one.
struct LeftOvers: Statement {
    static var sql: String { "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()" }

    static func decode(_ row: RowView) throws(DecodeError) -> Int { try row.decode(Int.self, at: 0) }
}

struct TakeLock: Statement {
    static var sql: String { "SELECT pg_advisory_xact_lock($1)" }
    typealias Row = NoRow
    let key: Int

    func bind(into binder: inout Binder) { binder.append(key) }
}

extension PostgresUnit {
    init<S: Statement>(_ statement: S) {
        self.init()
        add(statement)
    }
}

extension PostgresClient {
    func first<S: Statement>(_ statement: S) async throws -> S.Row? {
        var unit = PostgresUnit()
        let handle = unit.add(statement)
        return try await run(unit).first(handle)
    }
}

extension PostgresClient {
    /// Single units in flight on all connections.
    func inFlight() async -> Int {
        await pool.state.slots.reduce(0) { sum, slot in
            if case .shared(let count) = slot.use { sum + count } else { sum }
        }
    }
}

extension PostgresClient {
    /// Sends the first unit, keeps the thread that talks to the server until `gate` is counted up, so that answers stay in the socket, and sends the others.
    /// Returns the outcome of the first.
    ///
    /// - Parameter least: how long the thread is kept after that at least.
    func run(_ units: [PostgresUnit], holdingThreadUntil gate: Counter, least: Duration = .zero) async throws -> UnitResult {
        let requests = units.map { WorkRequest(.single, $0) }
        let outcome: WorkRequest.Outcome = try await withUnsafeThrowingContinuation { continuation in
            requests[0].prepare(continuation)
            let isSubmitted = submit { pool in
                pool.accept(requests[0])
                while gate.value == 0 { usleep(1_000) }
                usleep(UInt32(least.wholeMilliseconds) * 1_000)
                for request in requests.dropFirst() { pool.accept(request) }
            }
            if !isSubmitted { requests[0].fail(SetupError(description: "the client has ended")) }
        }
        return outcome.result
    }
}

/// The value of a setting in the session.
struct Setting: Statement {
    static let sql = "SELECT current_setting($1)"
    let name: String

    func bind(into binder: inout Binder) { binder.append(name) }
    static func decode(_ row: RowView) throws(DecodeError) -> String { try row.decode(String.self, at: 0) }
}
