import Domain
import Logging
import UseCases

/// Carries out one tenant's turn of a re-evaluation: a few parts at the same time, so that the database works while this process counts.
struct ReevaluationTurnRunner: Sendable {
    private let reevaluations: Reevaluations
    private let width: Int
    private let metrics: SchedulerMetrics
    private let logger: Logger

    /// Steps that one lane of a turn takes before the next tenant has its turn.
    private static let steps = 8

    /// - Parameter width: how many parts are worked on at the same time.
    init(reevaluations: Reevaluations, width: Int, metrics: SchedulerMetrics, logger: Logger) {
        self.reevaluations = reevaluations
        self.width = max(1, width)
        self.metrics = metrics
        self.logger = logger
    }

    /// Never throws: what fails rests and is tried again.
    func run(_ tenant: TenantID) async -> SchedulerTurnReport {
        let ends = await withTaskGroup(of: ReevaluationReport.End.self) { group in
            for _ in 0..<width { group.addTask { await lane(of: tenant) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        if ends.contains(.more) { return SchedulerTurnReport(tenant: tenant, end: .more) }
        return SchedulerTurnReport(tenant: tenant, end: ends.contains(.blocked) ? .blocked : .done)
    }

    private func lane(of tenant: TenantID) async -> ReevaluationReport.End {
        var end = ReevaluationReport.End.idle
        for _ in 0..<Self.steps where !Task.isCancelled {
            do {
                let report = try await reevaluations.step(in: tenant)
                metrics.record(report)
                guard report.end == .more else { return end == .more ? .more : report.end }
                end = .more
            } catch is CancellationError {
                return .blocked
            } catch {
                metrics.recordFailure()
                logger.warning("cannot measure tickets anew", metadata: ["tenant": "\(tenant)", "reason": "\(error)"])
                return .blocked
            }
        }
        return end
    }
}
