import Synchronization

/// Lets one loop sleep until something happens or a time has passed. What happens while nobody sleeps is kept, once.
final class WakeUpSignal: Sendable {
    private struct State {
        var isSet = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func fire() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if let waiter = state.waiter {
                state.waiter = nil
                return waiter
            }
            state.isSet = true
            return nil
        }
        waiter?.resume()
    }

    /// Waits; for one task at a time. Returns at once when the task is cancelled.
    func wait(atMost time: Duration) async {
        let timer = Task {
            do {
                try await Task.sleep(for: time)
                fire()
            } catch {
                // Something else ended the wait.
            }
        }
        defer { timer.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSet = state.withLock { state in
                    guard !state.isSet else {
                        state.isSet = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if isSet { continuation.resume() }
            }
        } onCancel: {
            fire()
        }
    }
}
