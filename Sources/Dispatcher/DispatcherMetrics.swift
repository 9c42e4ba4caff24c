import Domain
import Metrics
import UseCases

/// What a dispatcher tells about itself.
struct DispatcherMetrics: Sendable {
    private let assigned = Counter(label: "docket_dispatcher_assigned")
    private let passes = Counter(label: "docket_dispatcher_passes")
    private let failedPasses = Counter(label: "docket_dispatcher_failed_passes")
    /// Tickets taken back from agents who were gone.
    private let requeued = Counter(label: "docket_dispatcher_requeued")
    /// Tickets offered to agents, of those assigned.
    private let offered = Counter(label: "docket_dispatcher_offered")
    private let offersTimedOut = Counter(label: "docket_dispatcher_offers_timed_out")
    private let busyLanes = Counter(label: "docket_dispatcher_busy_lanes")
    /// Pairs that were matched and then not written: somebody else was faster.
    private let refusedByGuard = Counter(label: "docket_dispatcher_refused_by_guard")
    private let passDuration = Metrics.Timer(label: "docket_dispatcher_pass")
    /// From a wake-up to the end of the first turn that it led to.
    private let wakeUpLatency = Metrics.Timer(label: "docket_dispatcher_wake_up")
    /// From a ticket's becoming routable to its assignment.
    private let wait = Metrics.Timer(label: "docket_dispatcher_ticket_wait")
    private let backlog = Gauge(label: "docket_dispatcher_backlog")
    private let oldestAge = Gauge(label: "docket_dispatcher_backlog_oldest_seconds")
    /// Of the tenants that had more to do than their turns allowed, in the last half to whole minute. Numbers over all tenants: a label for each has no bound.
    private let fairness = Gauge(label: "docket_dispatcher_fairness_index")
    private let competing = Gauge(label: "docket_dispatcher_tenants_competing")
    private let longestTurnWait = Gauge(label: "docket_dispatcher_turn_wait_longest_seconds")

    private let online = Gauge(label: "docket_dispatcher_agents", dimensions: [("state", "online")])
    private let away = Gauge(label: "docket_dispatcher_agents", dimensions: [("state", "away")])
    private let offline = Gauge(label: "docket_dispatcher_agents", dimensions: [("state", "offline")])

    /// A pass that went through, whatever it found.
    func record(_ pass: RoutingPassReport, duration: Duration) {
        passDuration.record(duration: duration)
        passes.increment()
        assigned.increment(by: pass.assigned.count - pass.offered)
        offered.increment(by: pass.offered)
        refusedByGuard.increment(by: pass.refused)
        for (reason, agents) in pass.refusals {
            Counter(label: "docket_dispatcher_refusals", dimensions: [("reason", reason)]).increment(by: agents)
        }
        for (reason, classes) in pass.waitReasons {
            Counter(label: "docket_dispatcher_waits_recorded", dimensions: [("reason", reason)]).increment(by: classes)
        }
        if pass.isLaneBusy { busyLanes.increment() }
        for microseconds in pass.waits { wait.record(duration: .microseconds(microseconds)) }
    }

    func recordFailure() {
        failedPasses.increment()
    }

    func recordRequeued(_ count: Int) {
        requeued.increment(by: count)
    }

    func recordTimedOut(_ count: Int) {
        offersTimedOut.increment(by: count)
    }

    func recordWakeUp(_ duration: Duration) {
        wakeUpLatency.record(duration: duration)
    }

    func recordFairness(_ summary: TenantFairness.Summary) {
        fairness.record(summary.index)
        competing.record(summary.tenants)
        longestTurnWait.record(summary.longestWait / .seconds(1))
    }

    /// Of all tenants.
    func recordAgents(_ counts: AgentCounts) {
        online.record(counts.online)
        away.record(counts.away)
        offline.record(counts.offline)
    }

    /// - Parameter oldestAge: in microseconds.
    func recordBacklog(_ waiting: Int, oldestAge: Int64) {
        backlog.record(waiting)
        self.oldestAge.record(Double(oldestAge) / 1_000_000)
    }
}
