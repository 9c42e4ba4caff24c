import NIOCore

/// What the connections of one load share. Used on its event loop only.
final class HTTPLoadRun {
    let plan: HTTPLoadPlan
    let start: NIODeadline
    private var remaining: Int
    private var open: Int
    private var statuses: [Int: Int] = [:]
    private var latencies: [Int64] = []
    private let promise: EventLoopPromise<HTTPLoadResult>

    var result: EventLoopFuture<HTTPLoadResult> { promise.futureResult }

    init(plan: HTTPLoadPlan, connections: Int, start: NIODeadline, loop: any EventLoop) {
        self.plan = plan
        self.start = start
        remaining = plan.requests
        open = connections
        promise = loop.makePromise()
        latencies.reserveCapacity(1 << 17)
    }

    /// Whether one more request may be sent, and counts it.
    func take() -> Bool {
        guard remaining > 0, NIODeadline.now() - start < plan.duration else { return false }
        remaining -= 1
        return true
    }

    func record(status: Int, sent: NIODeadline) {
        statuses[status, default: 0] += 1
        latencies.append((NIODeadline.now() - sent).nanoseconds)
    }

    /// A connection is done.
    func close(lost: Bool) {
        if lost { statuses[0, default: 0] += 1 }
        open -= 1
        guard open == 0 else { return }
        let seconds = Double((NIODeadline.now() - start).nanoseconds) / 1_000_000_000
        promise.succeed(HTTPLoadResult(seconds: seconds, statuses: statuses, latencies: latencies.sorted()))
    }
}
