import Metrics
import Postgres

/// How often work was run again because it met other work, or lost its prepared statements (``ContentionRetry``): callers do not hear of it, operators should.
struct ContentionMetrics: Sendable {
    private let deadlocks: Counter
    private let serializationFailures: Counter
    private let locks: Counter
    private let forgottenStatements: Counter

    init(factory: any MetricsFactory) {
        func counter(_ cause: String) -> Counter {
            Counter(label: "docket_contention_retries_total", dimensions: [("cause", cause)], factory: factory)
        }
        deadlocks = counter("deadlock")
        serializationFailures = counter("serialization")
        locks = counter("lock")
        forgottenStatements = counter("forgotten_statement")
    }

    func record(_ cause: PostgresError) {
        switch cause.sqlState {
        case "40P01": deadlocks.increment()
        case "40001": serializationFailures.increment()
        case "55P03": locks.increment()
        default: forgottenStatements.increment()
        }
    }
}
