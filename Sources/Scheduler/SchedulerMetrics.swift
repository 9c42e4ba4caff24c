import Domain
import Metrics
import UseCases

/// What a scheduler tells about itself.
struct SchedulerMetrics: Sendable {
    private let warnings = Counter(label: "docket_scheduler_fired", dimensions: [("kind", "warning")])
    private let breaches = Counter(label: "docket_scheduler_fired", dimensions: [("kind", "breach")])
    /// From the scheduled time to the firing.
    private let lag = Metrics.Timer(label: "docket_scheduler_lag")
    private let turns = Counter(label: "docket_scheduler_turns")
    private let failedTurns = Counter(label: "docket_scheduler_failed_turns")
    /// Tickets that could not be judged and were left alone for a while.
    private let failedTickets = Counter(label: "docket_scheduler_failed_tickets")
    private let turnDuration = Metrics.Timer(label: "docket_scheduler_turn")
    private let backlog = Gauge(label: "docket_scheduler_due")
    private let feedBehind = Gauge(label: "docket_scheduler_feed_behind_seconds")
    private let purged = Counter(label: "docket_scheduler_purged_idempotency_records")

    func record(_ report: DueReport, duration: Duration) {
        turns.increment()
        turnDuration.record(duration: duration)
        warnings.increment(by: report.warnings)
        breaches.increment(by: report.breaches)
        for (outcome, count) in report.escalations {
            Counter(label: "docket_scheduler_escalations", dimensions: [("outcome", outcome.rawValue)]).increment(by: count)
        }
        for microseconds in report.lags { lag.record(duration: .microseconds(microseconds)) }
        failedTickets.increment(by: report.failed.count)
    }

    private let sentNotices = Counter(label: "docket_scheduler_held_notices", dimensions: [("outcome", "sent")])
    private let postponedNotices = Counter(label: "docket_scheduler_held_notices", dimensions: [("outcome", "postponed")])

    func record(_ report: HeldNoticeReport) {
        sentNotices.increment(by: report.sent)
        postponedNotices.increment(by: report.postponed)
        for (lapse, count) in report.dropped {
            Counter(label: "docket_scheduler_held_notices", dimensions: [("outcome", lapse.rawValue)]).increment(by: count)
        }
    }

    private let reevaluated = Counter(label: "docket_scheduler_reevaluated_tickets")
    private let reevaluationFailures = Counter(label: "docket_scheduler_reevaluation_failures")

    func record(_ report: ReevaluationReport) {
        reevaluated.increment(by: report.examined)
        reevaluationFailures.increment(by: report.failed)
    }

    private let warnedTickets = Counter(label: "docket_scheduler_aged_tickets", dimensions: [("state", "closing_soon")])
    private let closedTickets = Counter(label: "docket_scheduler_aged_tickets", dimensions: [("state", "closed")])
    private let archivedTickets = Counter(label: "docket_scheduler_aged_tickets", dimensions: [("state", "archived")])
    private let agingFailures = Counter(label: "docket_scheduler_aging_failures")

    func record(_ report: TicketAgingReport) {
        warnedTickets.increment(by: report.warned)
        closedTickets.increment(by: report.closed)
        archivedTickets.increment(by: report.archived)
        agingFailures.increment(by: report.failed)
    }

    func recordFailure() {
        failedTurns.increment()
    }

    func recordBacklog(_ due: Int) {
        backlog.record(due)
    }

    func recordFeed(_ delay: Duration) {
        feedBehind.record(delay / .seconds(1))
    }

    func recordPurge(_ count: Int) {
        purged.increment(by: count)
    }
}
