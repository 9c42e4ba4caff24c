import CoreMetrics
import Metrics
import UseCases

/// What a courier tells about itself.
struct CourierMetrics: Sendable {
    let claimed = Counter(label: "docket_courier_claimed")
    let delivered = Counter(label: "docket_courier_delivered")
    let failed = Counter(label: "docket_courier_failed")
    let buried = Counter(label: "docket_courier_buried")
    let dropped = Counter(label: "docket_courier_dropped")
    let released = Counter(label: "docket_courier_released")
    /// Deliveries that were taken back from couriers that are gone.
    let takenBack = Counter(label: "docket_courier_taken_back")
    /// Attempts whose lease was lost before they were written down.
    let stale = Counter(label: "docket_courier_stale")
    /// Attempts that could not be written down in time; they are made again.
    let unwritten = Counter(label: "docket_courier_unwritten")
    let disabledEndpoints = Counter(label: "docket_courier_disabled_endpoints")
    let openedCircuits = Counter(label: "docket_courier_opened_circuits")
    let failedPasses = Counter(label: "docket_courier_failed_passes")
    /// Attempts that were deleted because of their age.
    let purgedAttempts = Counter(label: "docket_courier_purged_attempts")
    let attempt = Metrics.Timer(label: "docket_courier_attempt")
    /// From when a row was put into the outbox to the start of its first attempt.
    let wait = Metrics.Timer(label: "docket_courier_wait")
    let running = Gauge(label: "docket_courier_running")
    let backlog = Gauge(label: "docket_courier_backlog")
    let overdue = Gauge(label: "docket_courier_backlog_overdue_seconds")

    func count(_ verdict: DeliveryVerdict) {
        switch verdict {
        case .delivered: delivered.increment()
        case .retry: failed.increment()
        case .bury: buried.increment()
        }
    }
}
