import Metrics
import Postgres

/// How often work was run again because it met other work (``ContentionRetry``): callers do not hear of it, operators should.
struct ContentionMetrics: Sendable {
    private let deadlocks: Counter
    private let serializationFailures: Counter
    private let locks: Counter

    init(factory: any MetricsFactory) {
        func counter(_ cause: String) -> Counter {
            Counter(label: "docket_contention_retries_total", dimensions: [("cause", cause)], factory: factory)
        }
        deadlocks = counter("deadlock")
        serializationFailures = counter("serialization")
        locks = counter("lock")
    }

    func record(_ cause: PostgresError) {
        switch cause.sqlState {
        case "40P01": deadlocks.increment()
        case "40001": serializationFailures.increment()
        default: locks.increment()
        }
    }
}
