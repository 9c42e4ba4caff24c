/// Lets one task wait for a signal or a time, on the reactor's timers. A signal that comes when nobody waits is kept.
///
/// Unchecked because its state is touched on the reactor's thread only, which the compiler cannot see.
final class Alarm: @unchecked Sendable {
    private let reactor: Reactor
    private var isRung = false
    private var waiter: CheckedContinuation<Void, Never>?

    init(_ reactor: Reactor) {
        self.reactor = reactor
    }

    /// From any thread.
    func ring() {
        reactor.submitEvenIfStopped { self.ringOnReactor() }
    }

    func ringOnReactor() {
        isRung = true
        wake()
    }

    /// On the reactor's thread.
    var isWaitedFor: Bool { waiter != nil }

    /// Returns after a signal, at the time, or when the task is cancelled.
    func wait(for duration: Duration) async {
        let time = Monotonic.now() + duration.nanoseconds
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSubmitted = reactor.submit {
                    self.waiter = continuation
                    if self.isRung { return self.wake() }
                    self.reactor.setTimer(self, at: time) { self.wake() }
                }
                if !isSubmitted { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }

    private func wake() {
        guard let waiter else { return }
        isRung = false
        self.waiter = nil
        reactor.clearTimer(self)
        waiter.resume()
    }
}
