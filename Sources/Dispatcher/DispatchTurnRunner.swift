import Domain
import Logging
import UseCases

/// Carries out one tenant's turn: passes over its queues until its allowance is spent or nothing is left.
struct DispatchTurnRunner: Sendable {
    let passes: RoutingPasses
    let metrics: DispatcherMetrics
    /// Tickets for each unit of plan weight and turn.
    let quantum: Int
    let logger: Logger

    /// A look that begins the turn of the tenant whose queue is the only one that it finds, and the rest of that turn: a round trip less than one
    /// after the other. For a quiet board only, on which nobody's turn can begin meanwhile.
    ///
    /// - Parameter tell: told what was found as soon as that is known, and of the end of the turn that was begun.
    func look(_ tell: @Sendable (DispatchEvent) -> Void) async {
        let start = ContinuousClock.now
        do {
            let begun = try await passes.begin(limit: quantum) { discovery, lane in
                tell(.discovered(discovery, begun: lane.map { DispatchTurn(of: $0, quantum: quantum) }))
            }
            guard let begun else { return }
            note(begun.outcome, queue: begun.lane.queue, tenant: begun.lane.tenant, since: start)
            tell(.finished(await run(DispatchTurn(of: begun.lane, quantum: quantum), after: begun.outcome)))
        } catch {
            tell(.discoveryFailed(error))
        }
    }

    /// Never throws: what fails rests and is tried again.
    ///
    /// - Parameter first: how the pass over the first queue ended that was made already.
    func run(_ turn: DispatchTurn, after first: Result<RoutingPassReport, any Error>? = nil) async -> DispatchTurnReport {
        var report = DispatchTurnReport(tenant: turn.tenant)
        var started: [QueueID] = []
        var first = first
        for queue in turn.queues.order {
            if report.spent >= turn.allowance {
                report.more.append(queue)
            } else if await work(queue, of: turn, after: first.take(), into: &report) {
                started.append(queue)
            }
        }
        report.more += started
        return report
    }

    /// - Returns: whether the queue has more to do now.
    private func work(
        _ queue: QueueID,
        of turn: DispatchTurn,
        after first: Result<RoutingPassReport, any Error>?,
        into report: inout DispatchTurnReport
    ) async -> Bool {
        var isStepDue = turn.queues.isStepDue(queue)
        var first = first
        while report.spent < turn.allowance {
            let outcome: Result<RoutingPassReport, any Error>
            if let done = first.take() {
                outcome = done
            } else {
                // A turn under way is not begun anew: what waits for it is the next turn's work.
                if Task.isCancelled { return true }
                outcome = await self.pass(queue, of: turn, limit: turn.allowance - report.spent, isStepDue: isStepDue)
            }
            let pass: RoutingPassReport
            switch outcome {
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
                // Nobody else may look at it: not before it opens, where it is closed.
                if pass.hasFailedToFollow { report.failed.append(queue) } else { report.done.append(queue) }
                return false
            }
        }
        return true
    }

    /// One pass with its metrics.
    private func pass(_ queue: QueueID, of turn: DispatchTurn, limit: Int, isStepDue: Bool) async -> Result<RoutingPassReport, any Error> {
        let start = ContinuousClock.now
        let outcome: Result<RoutingPassReport, any Error>
        do {
            outcome = .success(try await passes.run(queue, of: turn.tenant, limit: limit, isStepDue: isStepDue))
        } catch {
            outcome = .failure(error)
        }
        note(outcome, queue: queue, tenant: turn.tenant, since: start)
        return outcome
    }

    private func note(_ outcome: Result<RoutingPassReport, any Error>, queue: QueueID, tenant: TenantID, since start: ContinuousClock.Instant) {
        switch outcome {
        case .success(let pass):
            metrics.record(pass, duration: start.duration(to: .now))
            logger.debug(
                "looked at a queue",
                metadata: [
                    "tenant": "\(tenant)", "queue": "\(queue)", "assigned": "\(pass.assigned.count)", "examined": "\(pass.examined)",
                    "refused": "\(pass.refused)", "more": "\(pass.hasMore)",
                ]
            )
        case .failure(let error):
            metrics.recordFailure()
            logger.warning("a pass failed", metadata: ["tenant": "\(tenant)", "queue": "\(queue)", "reason": "\(error)"])
        }
    }
}
