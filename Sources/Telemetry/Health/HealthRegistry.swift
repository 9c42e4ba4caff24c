import Synchronization

/// Knows whether this process may get work: started, not draining, and each named check content (api.md 8).
///
/// Liveness is not asked here: a process that answers at all is alive, and a lost database must not make an orchestrator restart it.
public final class HealthRegistry: Sendable {
    /// A check looks at one thing that readiness depends on. It must end soon after its task is cancelled.
    public typealias Check = @Sendable () async -> HealthCheckResult

    private struct State {
        var checks: [String: Check] = [:]
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
        state.withLock { $0.checks[name] = check }
    }

    public func remove(_ name: String) {
        state.withLock { $0.checks[name] = nil }
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

    /// Runs all checks side by side, each under the timeout.
    public func readiness() async -> HealthReport {
        let (checks, isStarted, isDraining) = state.withLock { ($0.checks, $0.isStarted, $0.isDraining) }
        var findings = [
            HealthReport.Finding(name: "draining", result: isDraining ? .notReady("the process is shutting down") : .ready),
            HealthReport.Finding(name: "startup", result: isStarted ? .ready : .notReady("the process is still starting")),
        ]
        await withTaskGroup(of: HealthReport.Finding.self) { group in
            for (name, check) in checks {
                group.addTask { HealthReport.Finding(name: name, result: await self.bounded(check)) }
            }
            for await finding in group {
                findings.append(finding)
            }
        }
        return HealthReport(findings: findings)
    }

    private func bounded(_ check: @escaping Check) async -> HealthCheckResult {
        await withTaskGroup(of: HealthCheckResult?.self) { group in
            group.addTask { await check() }
            group.addTask { [timeout] in
                try? await Task.sleep(for: timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first ?? .notReady("no answer within \(timeout)")
        }
    }
}
