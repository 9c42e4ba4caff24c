import ServiceLifecycle

/// Sweeps the deadlines of the requests in flight. The application stops it after its server, so that a drain keeps the deadlines.
struct DeadlineSweep: Service {
    /// How late a request's cancellation may come.
    static let interval = Duration.milliseconds(250)

    let requests: InFlightRequests

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Throws only when cancelled, which the loop asks for itself.
                try? await Task.sleep(for: DeadlineSweep.interval)
                requests.sweep(now: .now)
            }
        }
    }
}
