/// A unit on its way: who waits for it, and how far it is.
///
/// Unchecked because all mutable state belongs to the reactor once the request is submitted, which the compiler cannot see; `continuation` is
/// written once by the submitting task before that.
final class WorkRequest: @unchecked Sendable {
    /// What the unit is to the connection.
    enum Scope: Equatable {
        /// A transaction of its own.
        case single
        /// The start of an interactive transaction, which leases the connection.
        case lease(IsolationLevel)
        /// Inside an interactive transaction.
        case inTransaction
        /// The last of an interactive transaction: COMMIT follows in the same flush.
        case commit
        /// The pool's: ROLLBACK at the end of a lease, or the bare Sync of a keep-alive.
        case housekeeping
        /// The connection's own, between a failed transaction and what is sent next.
        case rollback
    }

    enum Phase {
        case new
        case queued
        case inFlight(PostgresConnection)
        case finished
    }

    struct Outcome: Sendable {
        let result: UnitResult
        let connection: PostgresConnection?
    }

    let scope: Scope
    let unit: PostgresUnit
    /// Filled by the connection, on the reactor, until the request is finished.
    let store: ResultStore
    let submittedAt = Monotonic.now()
    var phase = Phase.new
    var startedAt: Int64 = 0
    /// A cancel request was sent to the server for this unit.
    var isInterrupted = false
    /// Cancelled before the pool saw it.
    var isCancelled = false
    /// Sent a second time after the server had forgotten a prepared statement.
    var isResent = false
    private var continuation: UnsafeContinuation<Outcome, any Error>?

    init(_ scope: Scope, _ unit: PostgresUnit) {
        self.scope = scope
        self.unit = unit
        store = ResultStore(entries: unit.entries)
    }

    /// Nobody but the waiting task knows the request yet.
    func prepare(_ continuation: UnsafeContinuation<Outcome, any Error>) {
        self.continuation = continuation
    }

    /// Resumes the waiting task, once; later calls do nothing.
    func finish(_ outcome: Result<Outcome, any Error>) {
        phase = .finished
        continuation?.resume(with: outcome)
        continuation = nil
    }

    func fail(_ error: any Error) {
        finish(.failure(error))
    }

    var isFinished: Bool {
        if case .finished = phase { true } else { false }
    }

    var needsLease: Bool {
        if case .lease = scope { true } else { false }
    }

    /// Whether no transaction is open before it.
    var opensTransaction: Bool { scope == .single || needsLease }

    /// Whether its end may be a commit, so that losing the connection leaves the outcome open.
    var mayCommit: Bool { scope == .single || scope == .commit }
}
