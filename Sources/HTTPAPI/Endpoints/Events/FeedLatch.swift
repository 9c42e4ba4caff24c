import Synchronization

/// Lets a reader of the feed sleep until a hint comes; one that comes while nobody sleeps ends the next sleep.
final class FeedLatch: Sendable {
    private struct State {
        var isHinted = false
        var isOver = false
        var sleep: Task<Void, Never>?
    }

    private let state = Mutex(State())

    /// Whether the server stops.
    var isOver: Bool { state.withLock { $0.isOver } }

    func hint() {
        let sleep = state.withLock { state in
            state.isHinted = true
            return state.sleep
        }
        sleep?.cancel()
    }

    /// The server stops: nobody sleeps any more.
    func end() {
        let sleep = state.withLock { state in
            state.isOver = true
            return state.sleep
        }
        sleep?.cancel()
    }

    /// Sleeps until `time`, or until a hint, the end, or the cancellation of the task. One sleeper at a time.
    ///
    /// - Returns: whether a hint came since the last sleep.
    func sleep(until time: ContinuousClock.Instant) async -> Bool {
        // Unstructured, so that a hint can end it without ending its reader.
        let sleep = Task<Void, Never> { try? await Task.sleep(until: time, clock: .continuous) }
        let isOver = state.withLock { state in
            state.sleep = sleep
            return state.isHinted || state.isOver
        }
        if isOver { sleep.cancel() }
        await withTaskCancellationHandler {
            await sleep.value
        } onCancel: {
            sleep.cancel()
        }
        return state.withLock { state in
            state.sleep = nil
            defer { state.isHinted = false }
            return state.isHinted
        }
    }
}
