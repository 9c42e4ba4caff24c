public import Domain
import Postgres
import Synchronization

/// The database's time, carried forward between two readings by this machine's monotonic clock: no worker's wall clock decides anything (design.md I9).
public final class DatabaseClock: Sendable {
    private struct Reading {
        let time: Timestamp
        let taken: ContinuousClock.Instant
    }

    private let database: Database
    private let clock = ContinuousClock()
    private let maximumAge: Duration
    private let reading = Mutex<Reading?>(nil)

    /// - Parameter maximumAge: how long a reading is carried forward before the database is asked again.
    public init(database: Database, maximumAge: Duration = .seconds(1)) {
        self.database = database
        self.maximumAge = maximumAge
    }

    /// Now, by the database: off by at most the time of one round trip and the drift of ``maximumAge``.
    public func now() async throws -> Timestamp {
        let instant = clock.now
        if let known = reading.withLock({ $0 }), known.taken.duration(to: instant) < maximumAge {
            return known.time.adding(microseconds: known.taken.duration(to: instant).microseconds)
        }
        return try await read()
    }

    /// Asks the database, whatever is known.
    @discardableResult
    public func read() async throws -> Timestamp {
        guard let time = try await database.runGlobal(ReadClock()).first else {
            throw StoreError.unexpected(PostgresError(.decoding, "the clock gave no row"))
        }
        let fresh = Reading(time: time, taken: clock.now)
        reading.withLock { $0 = fresh }
        return time
    }

    /// Forgets what is known: a test clock was moved.
    public func invalidate() {
        reading.withLock { $0 = nil }
    }

    /// Moves the clock of a database that was made with a movable one (sql/test_clock.sql).
    ///
    /// - Returns: the new time.
    /// - Throws: ``StoreError`` where the database has no movable clock.
    public func advance(bySeconds seconds: Double) async throws -> Timestamp {
        _ = try await database.runGlobal(AdvanceTestClock(seconds: seconds))
        return try await read()
    }
}

private struct AdvanceTestClock: Statement {
    static let sql = "SELECT docket.advance_test_clock($1)"
    let seconds: Double

    func bind(into binder: inout Binder) {
        binder.append(seconds)
    }

    static func decode(_ row: RowView) throws(DecodeError) -> Timestamp {
        try row.decode(Timestamp.self, at: 0)
    }
}

/// `docket.now()`: the wall clock of the server, or the movable clock of a test database.
struct ReadClock: Statement {
    static let sql = "SELECT docket.now()"

    static func decode(_ row: RowView) throws(DecodeError) -> Timestamp {
        try row.decode(Timestamp.self, at: 0)
    }
}

extension Duration {
    /// Whole microseconds, rounded towards zero; stays at the ends of the range.
    var microseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        return overflow ? (seconds > 0 ? .max : .min) : scaled + attoseconds / 1_000_000_000_000
    }
}
