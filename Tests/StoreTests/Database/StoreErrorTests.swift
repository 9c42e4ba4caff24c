import Postgres
import Testing

@testable import Store

/// What the errors of the database become to a use case, and so to a client: 503 where a repetition helps, 500 only for defects.
@Suite struct StoreErrorTests {
    @Test("A database that is away is no defect", arguments: [PostgresError.Kind.connectionLost, .unavailable, .poolTimeout, .poolFull, .shutDown])
    func unavailable(kind: PostgresError.Kind) {
        guard case .unavailable = StoreError(PostgresError(kind, "gone")) else {
            Issue.record("\(StoreError(PostgresError(kind, "gone")))")
            return
        }
    }

    @Test("A server without room is no defect either", arguments: ["53100", "53200", "53300"])
    func noRoom(state: String) {
        guard case .unavailable = StoreError(PostgresError(.server, "no room", sqlState: state)) else {
            Issue.record("\(state) is a defect")
            return
        }
    }

    @Test("A server that turned read-only, goes down or starts is no defect: it has done nothing", arguments: ["25006", "57P01", "57P02", "57P03"])
    func leaving(state: String) {
        guard case .unavailable = StoreError(PostgresError(.server, "cannot execute INSERT in a read-only transaction", sqlState: state)) else {
            Issue.record("\(state) is a defect")
            return
        }
    }

    @Test("What took too long is told from a database that is away: waiting for it would not help")
    func tookTooLong() {
        guard case .tookTooLong = StoreError(PostgresError(.server, "canceling statement due to statement timeout", sqlState: "57014")) else {
            Issue.record("a statement that took too long is something else")
            return
        }
    }

    @Test("A connection that is lost in a commit leaves a doubt")
    func unknown() {
        guard case .outcomeUnknown = StoreError(PostgresError(.outcomeUnknown, "gone")) else {
            Issue.record("no doubt")
            return
        }
    }

    @Test("A refusal that nobody expects is a defect")
    func unexpected() {
        guard case .unexpected = StoreError(PostgresError(.server, "no such table", sqlState: "42P01")) else {
            Issue.record("no defect")
            return
        }
    }
}
