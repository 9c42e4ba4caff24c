import Metrics

/// The pool's instruments, looked up once.
struct PoolMetrics: Sendable {
    private let idle: Gauge
    private let busy: Gauge
    private let leased: Gauge
    private let connecting: Gauge
    private let waiting: Gauge
    private let wait: Metrics.Timer
    private let unit: Metrics.Timer
    private let lost: Counter
    private let timeouts: Counter

    /// `pool` tells the pools of one process apart.
    init(pool: String) {
        func gauge(_ state: String) -> Gauge {
            Gauge(label: "postgres_pool_connections", dimensions: [("pool", pool), ("state", state)])
        }
        idle = gauge("idle")
        busy = gauge("busy")
        leased = gauge("leased")
        connecting = gauge("connecting")
        waiting = Gauge(label: "postgres_pool_waiters", dimensions: [("pool", pool)])
        wait = Metrics.Timer(label: "postgres_pool_wait_seconds", dimensions: [("pool", pool)])
        unit = Metrics.Timer(label: "postgres_unit_seconds", dimensions: [("pool", pool)])
        lost = Counter(label: "postgres_connections_lost_total", dimensions: [("pool", pool)])
        timeouts = Counter(label: "postgres_pool_timeouts_total", dimensions: [("pool", pool)])
    }

    /// Called on the task that waited, after its unit: the reactor has better to do.
    func record(_ request: WorkRequest) {
        guard request.startedAt > 0 else { return }
        wait.recordNanoseconds(max(0, request.startedAt - request.submittedAt))
        unit.recordNanoseconds(max(0, Monotonic.now() - request.startedAt))
    }

    func record(_ state: PoolState) {
        let leases = state.slots.count { $0.use == .leased }
        let free = state.slots.count { $0.use == .shared(inFlight: 0) }
        idle.record(free)
        leased.record(leases)
        busy.record(state.slots.count - leases - free)
        connecting.record(state.connecting)
        waiting.record(state.waiting)
    }

    func recordLoss() { lost.increment() }
    func recordTimeout(_ count: Int) { timeouts.increment(by: count) }
}
