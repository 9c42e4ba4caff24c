import Postgres

/// How often, and after what pause, a whole unit or transaction is run again because it met another one: in a deadlock, or at a lock that was not free in
/// time. Nothing of it was done, and the one that it met is done soon, so that no caller need hear of it (reliability.md F16). So it is with prepared statements
/// that the server has forgotten: each unit of a transaction finds its own out.
///
/// PostgreSQL looks for a deadlock after `deadlock_timeout`, which is 1 s unless configured, as the client's `lock_timeout` is. Where both end at once, the
/// server tells of the lock only, so that this, too, may have been a deadlock.
struct ContentionRetry {
    private var retries = 0

    /// - Returns: nil where the error is the caller's: it has another cause, or there were enough attempts. Otherwise the pause, and whom it met.
    mutating func pause(after error: any Error) -> (pause: Duration, cause: PostgresError)? {
        guard let error = error as? StoreError, case .contention(let cause) = error else { return nil }
        // Waiting for a lock has taken its time; who holds it for longer may hold it for long.
        let limit = if cause.isLockNotAvailable { 1 } else if cause.isStalePlan { 5 } else { 2 }
        guard retries < limit else { return nil }
        retries += 1
        // Doubling and jittered, so that those that met do not meet again.
        let ceiling = cause.isStalePlan ? 1_000 : 20_000 << retries
        return (.microseconds(Int.random(in: ceiling / 4...ceiling)), cause)
    }
}
