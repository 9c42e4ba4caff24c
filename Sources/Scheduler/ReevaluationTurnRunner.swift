import Domain
import Logging
import Synchronization
import UseCases

/// Carries out one tenant's turn of a re-evaluation: a few parts at the same time, so that the database works while this process counts.
///
/// It is background work: while others write, one part at a time.
final class ReevaluationTurnRunner: Sendable {
    private let reevaluations: Reevaluations
    private let width: Int
    private let metrics: SchedulerMetrics
    private let logger: Logger
    private let others = Mutex(OthersWrites())

    /// Steps that one lane of a turn takes before the next tenant has its turn.
    private static let steps = 8

    /// - Parameter width: how many parts are worked on at the same time where nobody else writes.
    init(reevaluations: Reevaluations, width: Int, metrics: SchedulerMetrics, logger: Logger) {
        self.reevaluations = reevaluations
        self.width = max(1, width)
        self.metrics = metrics
        self.logger = logger
    }

    /// Never throws: what fails rests and is tried again.
    func run(_ tenant: TenantID) async -> SchedulerTurnReport {
        let done = await withTaskGroup(of: Lane.self) { group in
            for number in 0..<width { group.addTask { await self.lane(number, of: tenant) } }
            return await group.reduce(into: Lane()) { $0.add($1) }
        }
        reevaluations.announce(done.reports)
        return SchedulerTurnReport(tenant: tenant, end: done.end)
    }

    /// What one of the parts that are worked on at the same time came to, or all of them.
    private struct Lane {
        var reports: [ReevaluationReport] = []
        var hasFailed = false

        var end: SchedulerTurnReport.End {
            if hasFailed { return .blocked }
            if reports.contains(where: { $0.end == .more }) { return .more }
            return reports.contains { $0.end == .blocked } ? .blocked : .done
        }

        mutating func add(_ other: Lane) {
            reports += other.reports
            hasFailed = hasFailed || other.hasFailed
        }
    }

    private func lane(_ number: Int, of tenant: TenantID) async -> Lane {
        let clock = ContinuousClock()
        var lane = Lane()
        let isAlone = makesWay
        for _ in 0..<Self.steps where !Task.isCancelled && (number == 0 || !makesWay) {
            let start = clock.now
            do {
                let report = try await reevaluations.step(in: tenant)
                metrics.record(report)
                lane.reports.append(report)
                guard report.end == .more else { break }
                if let count = report.transactions { others.withLock { $0.note(count, at: start) } }
            } catch is CancellationError {
                lane.hasFailed = true
            } catch {
                metrics.recordFailure()
                logger.warning("cannot measure tickets anew", metadata: ["tenant": "\(tenant)", "reason": "\(error)"])
                lane.hasFailed = true
            }
            // Nobody else writes after all: the next turn has all its lanes.
            if lane.hasFailed || isAlone && !makesWay { break }
        }
        return lane
    }

    private var makesWay: Bool { others.withLock { $0.areSeen } }
}
