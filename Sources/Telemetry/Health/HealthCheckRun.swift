import Synchronization

/// One run of a check, whose result everybody gets who asks while it goes on.
///
/// Whoever has waited for long enough goes on without it: a check may be deaf to cancellation, as one that waits for a server that stands still, and a task
/// group would wait with it.
final class HealthCheckRun: Sendable {
    private struct Waiter {
        let continuation: CheckedContinuation<HealthCheckResult?, Never>
        let alarm: Task<Void, Never>
    }

    private struct State {
        var result: HealthCheckResult?
        var waiters: [Int: Waiter] = [:]
        var waiterCount = 0
        var work: Task<Void, Never>?
    }

    private let state = Mutex(State())

    /// - Parameter onEnd: called when the check has ended, however late.
    init(_ check: @escaping HealthRegistry.Check, onEnd: @escaping @Sendable (HealthCheckRun) -> Void) {
        let work = Task {
            let result = await check()
            onEnd(self)
            self.end(result)
        }
        state.withLock { $0.work = work }
    }

    /// - Returns: nil where the check has not ended within the time; it is cancelled where nobody else waits for it, and ends when it likes.
    func result(within limit: Duration) async -> HealthCheckResult? {
        await withCheckedContinuation { continuation in
            let early: HealthCheckResult? = state.withLock { state in
                if let result = state.result { return result }
                state.waiterCount += 1
                let number = state.waiterCount
                let alarm = Task {
                    try? await Task.sleep(for: limit)
                    self.giveUp(number)
                }
                state.waiters[number] = Waiter(continuation: continuation, alarm: alarm)
                return nil
            }
            if let early { continuation.resume(returning: early) }
        }
    }

    private func giveUp(_ number: Int) {
        let (waiter, work) = state.withLock { state in
            let waiter = state.waiters.removeValue(forKey: number)
            // Whoever came later still has time.
            return (waiter, state.waiters.isEmpty ? state.work : nil)
        }
        guard let waiter else { return }
        work?.cancel()
        waiter.continuation.resume(returning: nil)
    }

    private func end(_ result: HealthCheckResult) {
        let waiters = state.withLock { state in
            state.result = result
            defer { state.waiters = [:] }
            return state.waiters.values.map(\.self)
        }
        for waiter in waiters {
            waiter.alarm.cancel()
            waiter.continuation.resume(returning: result)
        }
    }
}
