import Synchronization

/// The threads that work for one client, so that its end can be awaited: a process that exits while one of them is inside libpq takes libpq's
/// and OpenSSL's memory away under it.
final class ThreadGroup: Sendable {
    /// How long the end of a service waits for threads that are inside libpq: longer than a server that answers takes.
    static let usualLimit = Duration.seconds(2)

    private struct State {
        var running = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    /// How many threads run.
    var count: Int { state.withLock { $0.running } }

    /// Runs `body` on a thread of its own that belongs to the group. Throws `system` when there is none to be had.
    func start(_ body: @escaping @Sendable () -> Void) throws(PostgresError) {
        state.withLock { $0.running += 1 }
        do {
            try Thread.start {
                body()
                self.leave()
            }
        } catch {
            leave()
            throw error
        }
    }

    /// Returns once no thread runs, or after `limit`; also in a cancelled task.
    func finish(within limit: Duration) async {
        // A task of its own: the caller's may be cancelled, and could not sleep then.
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        let timer = Task {
            // Throws only when cancelled, when nobody waits any more.
            try? await Task.sleep(for: limit)
            resume(id)
        }
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard state.running > 0 else { return true }
                state.waiting[id] = continuation
                return false
            }
            if isOver { continuation.resume() }
        }
        timer.cancel()
    }

    private func leave() {
        let waiting = state.withLock { state in
            state.running -= 1
            guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    private func resume(_ id: Int) {
        state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
    }
}
