import Synchronization

extension Exchange {
    /// The route is known: its metrics, and how long it may take.
    func matched(_ route: RouteMetrics, timeout: Duration) {
        state.withLock { state in
            state.route = route
            state.deadline = started + timeout
        }
    }

    /// Runs the request so that ``cancelIfOverdue(now:)`` can cancel it.
    ///
    /// The task is not left behind: it is awaited here, and cancelled with the caller.
    func run<Value: Sendable>(timeout: Duration, _ operation: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task(operation: operation)
        state.withLock { state in
            state.deadline = max(state.deadline, started + timeout)
            state.cancel = { task.cancel() }
        }
        defer { state.withLock { $0.cancel = nil } }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Whether the request was cancelled for taking too long.
    var isOverdue: Bool { state.withLock { $0.isOverdue } }

    func cancelIfOverdue(now: ContinuousClock.Instant) {
        let cancel = state.withLock { state -> (@Sendable () -> Void)? in
            guard now >= state.deadline, let cancel = state.cancel else { return nil }
            state.isOverdue = true
            state.cancel = nil
            return cancel
        }
        cancel?()
    }
}
