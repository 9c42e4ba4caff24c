public import ServiceLifecycle

/// Goes first when the process drains: readiness turns to 503, then load balancers get time to notice before anything stops
/// accepting (reliability.md 1, shutdown).
///
/// Put it last in the service group: groups stop their services last to first.
public struct DrainDelay: Service {
    private let health: HealthRegistry
    private let delay: Duration

    public init(health: HealthRegistry, delay: Duration = .seconds(5)) {
        self.health = health
        self.delay = delay
    }

    public func run() async throws {
        try? await gracefulShutdown()
        health.beginDraining()
        try? await Task.sleep(for: delay)
    }
}
