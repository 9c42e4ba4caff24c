import Synchronization

/// What one subscriber has not yet taken: at most one wake-up, the stronger of those that came.
final class Subscription: Sendable {
    private struct State {
        var pending: Wakeup?
        var waiter: CheckedContinuation<Wakeup?, Never>?
        var isFinished = false
    }

    private let state = Mutex(State())

    func wake(_ wakeup: Wakeup) {
        let waiter: CheckedContinuation<Wakeup?, Never>? = state.withLock { state in
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            // A forced pass does what a hint asks for too.
            if state.pending != .reconnected { state.pending = wakeup }
            return nil
        }
        waiter?.resume(returning: wakeup)
    }

    func finish() {
        let waiter = state.withLock { state in
            state.isFinished = true
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: nil)
    }

    /// The next wake-up; nil once finished.
    func next() async -> Wakeup? {
        await withCheckedContinuation { continuation in
            let ready: Wakeup?? = state.withLock { state in
                if let pending = state.pending {
                    state.pending = nil
                    return .some(pending)
                }
                // One consumer at a time is what a stream promises; a second would never be woken.
                if state.isFinished || state.waiter != nil { return .some(nil) }
                state.waiter = continuation
                return nil
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }
}
