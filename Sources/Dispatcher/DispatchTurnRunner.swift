import Domain
import Logging
import UseCases

/// Carries out one tenant's turn: passes over its queues until its allowance is spent or nothing is left.
struct DispatchTurnRunner: Sendable {
    let passes: RoutingPasses
    let metrics: DispatcherMetrics
    let logger: Logger

    /// Never throws: what fails rests and is tried again.
    func run(_ turn: DispatchTurn) async -> DispatchTurnReport {
        var report = DispatchTurnReport(tenant: turn.tenant)
        var started: [QueueID] = []
        for queue in turn.queues.order {
            if report.spent >= turn.allowance {
                report.more.append(queue)
            } else if await work(queue, of: turn, into: &report) {
                started.append(queue)
            }
        }
        report.more += started
        return report
    }

    /// - Returns: whether the queue has more to do now.
    private func work(_ queue: QueueID, of turn: DispatchTurn, into report: inout DispatchTurnReport) async -> Bool {
        var isStepDue = turn.queues.isStepDue(queue)
        while report.spent < turn.allowance {
            // A turn under way is not begun anew: what waits for it is the next turn's work.
            if Task.isCancelled { return true }
            let pass: RoutingPassReport
            switch await self.pass(queue, of: turn, limit: turn.allowance - report.spent, isStepDue: isStepDue) {
            case .success(let done):
                pass = done
            case .failure(let error):
                // Where the database is away it is asked again soon.
                if RoutingPasses.isDatabaseAway(error) { report.blocked.append(queue) } else { report.failed.append(queue) }
                return false
            }
            isStepDue = false
            report.spent += pass.effort
            if pass.examined > pass.assigned.count { report.leavesWaiting = true }
            if pass.isLaneBusy { report.isCutShort = true }
            if pass.isLaneBusy || pass.isStalled {
                report.blocked.append(queue)
                return false
            }
            if !pass.hasMore {
                report.done.append(queue)
                return false
            }
        }
        return true
    }

    /// One pass with its metrics.
    private func pass(_ queue: QueueID, of turn: DispatchTurn, limit: Int, isStepDue: Bool) async -> Result<RoutingPassReport, any Error> {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let pass = try await passes.run(queue, of: turn.tenant, limit: limit, isStepDue: isStepDue)
            metrics.record(pass, duration: start.duration(to: clock.now))
            logger.debug(
                "looked at a queue",
                metadata: [
                    "tenant": "\(turn.tenant)", "queue": "\(queue)", "assigned": "\(pass.assigned.count)", "examined": "\(pass.examined)",
                    "refused": "\(pass.refused)", "more": "\(pass.hasMore)",
                ]
            )
            return .success(pass)
        } catch {
            metrics.recordFailure()
            logger.warning("a pass failed", metadata: ["tenant": "\(turn.tenant)", "queue": "\(queue)", "reason": "\(error)"])
            return .failure(error)
        }
    }
}
