import Synchronization

/// Knows whether this process may get work: started, not draining, and each named check content (api.md 8).
///
/// Liveness is not asked here: a process that answers at all is alive, and a lost database must not make an orchestrator restart it.
public final class HealthRegistry: Sendable {
    /// A check looks at one thing that readiness depends on. It should end soon after its task is cancelled; the next run begins when it has ended.
    public typealias Check = @Sendable () async -> HealthCheckResult

    private struct State {
        var checks: [String: Check] = [:]
        /// Those under way, one for each name.
        var runs: [String: HealthCheckRun] = [:]
        var isStarted = false
        var isDraining = false
    }

    private let state = Mutex(State())
    private let timeout: Duration

    /// - Parameter timeout: how long one check may take before it counts as failed.
    public init(timeout: Duration = .seconds(1)) {
        self.timeout = timeout
    }

    /// Adds a check, or replaces the one of the same name.
    public func register(_ name: String, check: @escaping Check) {
        state.withLock {
            $0.checks[name] = check
            $0.runs[name] = nil
        }
    }

    public func remove(_ name: String) {
        state.withLock {
            $0.checks[name] = nil
            $0.runs[name] = nil
        }
    }

    /// To be called once, when everything the process needs has been set up.
    public func markStarted() {
        state.withLock { $0.isStarted = true }
    }

    /// From now on the process is not ready, so that load balancers stop sending; it cannot be taken back.
    public func beginDraining() {
        state.withLock { $0.isDraining = true }
    }

    public var isStarted: Bool { state.withLock { $0.isStarted } }

    public var isDraining: Bool { state.withLock { $0.isDraining } }

    /// Runs all checks side by side, each under the timeout. A check that hangs is not begun again meanwhile, however often it is asked.
    public func readiness() async -> HealthReport {
        let (runs, isStarted, isDraining) = state.withLock { state in
            var runs: [(name: String, run: HealthCheckRun)] = []
            for (name, check) in state.checks { runs.append((name, run(name, check, in: &state))) }
            return (runs, state.isStarted, state.isDraining)
        }
        var findings = [
            HealthReport.Finding(name: "draining", result: isDraining ? .notReady("the process is shutting down") : .ready),
            HealthReport.Finding(name: "startup", result: isStarted ? .ready : .notReady("the process is still starting")),
        ]
        await withTaskGroup(of: HealthReport.Finding.self) { group in
            for (name, run) in runs {
                group.addTask { [timeout] in
                    HealthReport.Finding(name: name, result: await run.result(within: timeout) ?? .notReady("no answer within \(timeout)"))
                }
            }
            for await finding in group {
                findings.append(finding)
            }
        }
        return HealthReport(findings: findings)
    }

    /// The run of a check that is under way, else a new one.
    private func run(_ name: String, _ check: @escaping Check, in state: inout State) -> HealthCheckRun {
        if let run = state.runs[name] { return run }
        let run = HealthCheckRun(check) { [weak self] ended in
            self?.state.withLock { state in
                // Unless the check was replaced meanwhile.
                if state.runs[name] === ended { state.runs[name] = nil }
            }
        }
        state.runs[name] = run
        return run
    }
}
