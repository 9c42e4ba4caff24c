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
    /// Tickets that cannot be judged, until when they are left alone.
    private let excluded = Mutex<[TenantID: [TicketID: ContinuousClock.Instant]]>([:])

    /// Tickets left alone at a time, over all tenants; beyond them the oldest are tried again early.
    private static let maximumExcluded = 1_000
    private static let exclusion: Duration = .seconds(60)

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
        let report = try await timers.fire(in: tenant, limit: limit, excluding: exclusions(of: tenant))
        metrics.record(report, duration: start.duration(to: clock.now))
        for failure in report.failed { exclude(failure.ticket, of: tenant, reason: failure.reason) }
        if report.hasMore { return .more }
        // Nothing got: all that is due is held by others, or there is nothing any more.
        return report.claimed == 0 ? .blocked : .done
    }

    /// Finds the ticket that makes a batch fail: one batch each, and whoever fails alone is left alone.
    private func isolate(_ failure: DueBatchFailure, of tenant: TenantID) async {
        metrics.recordFailure()
        if failure.tickets.count == 1, let ticket = failure.tickets.first {
            return exclude(ticket, of: tenant, reason: "\(failure.reason)")
        }
        for _ in failure.tickets where !Task.isCancelled {
            do {
                if try await batch(of: tenant, limit: 1) != .more { return }
            } catch let single as DueBatchFailure {
                for ticket in single.tickets { exclude(ticket, of: tenant, reason: "\(single.reason)") }
            } catch {
                return
            }
        }
    }

    private func exclude(_ ticket: TicketID, of tenant: TenantID, reason: String) {
        logger.error("a ticket's timers cannot be fired", metadata: ["tenant": "\(tenant)", "ticket": "\(ticket)", "reason": "\(reason)"])
        let until = clock.now.advanced(by: Self.exclusion)
        excluded.withLock { excluded in
            if excluded.values.reduce(0, { $0 + $1.count }) >= Self.maximumExcluded {
                // The one to be tried again first makes room; the others stay aside, and what is due behind them goes on.
                let first = excluded.lazy.flatMap { tenant, tickets in tickets.map { (tenant, $0.key, $0.value) } }.min { $0.2 < $1.2 }
                if let first { excluded[first.0]?[first.1] = nil }
            }
            excluded[tenant, default: [:]][ticket] = until
        }
    }

    private func exclusions(of tenant: TenantID) -> [TicketID] {
        let now = clock.now
        return excluded.withLock { excluded in
            guard let tickets = excluded[tenant]?.filter({ $0.value > now }) else { return [] }
            excluded[tenant] = tickets.isEmpty ? nil : tickets
            return Array(tickets.keys)
        }
    }
}
