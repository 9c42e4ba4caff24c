import Domain
import Logging
import Synchronization
import UseCases

/// Carries out one tenant's turn: one batch, or one ticket at a time where a batch failed, and the notices whose time has come.
final class SchedulerTurnRunner: Sendable {
    private let timers: DueTimers
    private let notices: HeldNotices
    private let batchSize: Int
    private let metrics: SchedulerMetrics
    private let logger: Logger
    private let clock = ContinuousClock()
    /// Tickets that cannot be judged.
    private let failed = Mutex(FailedTickets())

    init(timers: DueTimers, notices: HeldNotices, batchSize: Int, metrics: SchedulerMetrics, logger: Logger) {
        self.timers = timers
        self.notices = notices
        self.batchSize = batchSize
        self.metrics = metrics
        self.logger = logger
    }

    /// Never throws: what fails rests and is tried again.
    func run(_ tenant: TenantID) async -> SchedulerTurnReport {
        let ends = (await fire(tenant), await release(tenant))
        let end: SchedulerTurnReport.End =
            switch ends {
            case (.more, _), (_, .more): .more
            case (.done, _), (_, .done): .done
            case (.blocked, .blocked): .blocked
            }
        return SchedulerTurnReport(tenant: tenant, end: end)
    }

    private func fire(_ tenant: TenantID) async -> SchedulerTurnReport.End {
        do {
            return try await batch(of: tenant, limit: batchSize)
        } catch let failure as DueBatchFailure {
            await isolate(failure, of: tenant)
        } catch is CancellationError {
            return .blocked
        } catch {
            metrics.recordFailure()
            logger.warning("cannot fire timers", metadata: ["tenant": "\(tenant)", "reason": "\(error)"])
        }
        return .blocked
    }

    private func release(_ tenant: TenantID) async -> SchedulerTurnReport.End {
        guard !Task.isCancelled else { return .blocked }
        do {
            let report = try await notices.release(in: tenant)
            metrics.record(report)
            if report.hasMore { return .more }
            return report.claimed == 0 ? .blocked : .done
        } catch is CancellationError {
            return .blocked
        } catch {
            metrics.recordFailure()
            logger.warning("cannot send the notices that waited", metadata: ["tenant": "\(tenant)", "reason": "\(error)"])
            return .blocked
        }
    }

    private func batch(of tenant: TenantID, limit: Int) async throws -> SchedulerTurnReport.End {
        let start = clock.now
        let aside = failed.withLock { $0.current(of: tenant, at: start) }
        let report = try await timers.fire(in: tenant, limit: limit, excluding: aside.tickets, behind: aside.behind)
        metrics.record(report, duration: start.duration(to: clock.now))
        for failure in report.failed { leave(failure.ticket, of: tenant, reached: report.reached, reason: failure.reason) }
        if report.hasMore { return .more }
        // Nothing got: all that is due is held by others, or there is nothing any more.
        return report.claimed == 0 ? .blocked : .done
    }

    /// Finds the ticket that makes a batch fail: one batch each, and whoever fails alone is left alone.
    private func isolate(_ failure: DueBatchFailure, of tenant: TenantID) async {
        metrics.recordFailure()
        if failure.tickets.count == 1, let ticket = failure.tickets.first {
            return leave(ticket, of: tenant, reached: failure.reached, reason: "\(failure.reason)")
        }
        for _ in failure.tickets where !Task.isCancelled {
            do {
                if try await batch(of: tenant, limit: 1) != .more { return }
            } catch let single as DueBatchFailure {
                for ticket in single.tickets { leave(ticket, of: tenant, reached: single.reached, reason: "\(single.reason)") }
            } catch {
                return
            }
        }
    }

    private func leave(_ ticket: TicketID, of tenant: TenantID, reached: DuePosition?, reason: String) {
        logger.error("a ticket's timers cannot be fired", metadata: ["tenant": "\(tenant)", "ticket": "\(ticket)", "reason": "\(reason)"])
        failed.withLock { $0.add(ticket, of: tenant, reached: reached, at: clock.now) }
    }
}
