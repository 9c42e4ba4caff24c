import CoreMetrics
import Domain
public import Logging
public import ServiceLifecycle
import Synchronization
import Telemetry
public import UseCases

/// The courier: delivers what the outbox holds, at least once, each row under a lease (reliability.md 1).
///
/// It looks when it is woken, when the next row becomes due, and at least once a second. Any number of couriers may run; what one holds that dies is taken over
/// by the others within seconds (docs/decisions/0048), and at the latest when its leases run out. Errors of the database end nothing: it tries again.
public final class CourierService: Service {
    let deliveries: Deliveries
    let configuration: CourierConfiguration
    let logger: Logger
    let metrics = CourierMetrics()
    let signal = WakeUpSignal()
    let board: Mutex<DeliveryBoard>
    private let wakeUps: any WorkSignals
    private let webhooks: WebhookAttempt
    private let mail: MailAttempt?
    private let stop = Mutex(Stop.none)
    private let interrupted = Mutex<[Delivery]>([])

    private enum Stop: Comparable {
        case none
        /// Nothing is claimed any more; what is under way may end.
        case draining
        /// What is under way was stopped, and is not waited for.
        case closing
    }

    /// - Parameters:
    ///   - secrets: opens the endpoints' sealed secrets.
    ///   - mail: how mail is sent and from whom; nil leaves mail in the outbox.
    public init(
        deliveries: Deliveries,
        wakeUps: any WorkSignals,
        webhooks: any WebhookTransport,
        secrets: WebhookSecretOpener,
        mail: (transport: any MailTransport, sender: Mailbox)?,
        configuration: CourierConfiguration = CourierConfiguration(),
        logger: Logger
    ) {
        self.deliveries = deliveries
        self.wakeUps = wakeUps
        self.webhooks = WebhookAttempt(transport: webhooks, secrets: secrets)
        self.mail = mail.map { MailAttempt(transport: $0.transport, sender: $0.sender) }
        self.configuration = configuration
        self.logger = logger
        board = Mutex(DeliveryBoard(configuration: configuration))
    }

    /// Works until a graceful shutdown, which lets attempts end (``CourierConfiguration/drainTime``), or until the task is cancelled.
    public func run() async throws {
        await withGracefulShutdownHandler {
            // Before the first claim: nothing is held by somebody of whom nobody knows.
            var watch = CourierWatch()
            await look(&watch)
            await withTaskGroup(of: Void.self) { [watch] group in
                group.addTask { await self.watchOthers(watch) }
                for wakeUps in [self.wakeUps.deliveries(), self.wakeUps.clock()] {
                    group.addTask { await self.listen(to: wakeUps) }
                }
                group.addTask { await self.keepLeases() }
                group.addTask { await self.measureBacklog() }
                group.addTask { await self.keepHouse() }
                group.addTask { await self.clearDisabled() }
                await self.work()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.begin(.draining)
        }
    }

    var isStopping: Bool { stop.withLock { $0 != .none } || Task.isCancelled }

    var isClosing: Bool { stop.withLock { $0 == .closing } }

    private func begin(_ next: Stop) {
        stop.withLock { $0 = max($0, next) }
        signal.fire()
    }

    private func listen(to wakeUps: AsyncStream<Void>) async {
        for await _ in wakeUps { signal.fire() }
    }

    private func work() async {
        await withDiscardingTaskGroup { group in
            var round = DeliveryRound()
            var failures = 0
            while !isStopping {
                do {
                    // What failed may have been a claim that was made.
                    if failures > 0 { try await releaseUnknown() }
                    let pause = try await pass(&round, in: &group)
                    failures = 0
                    if pause > .zero { await signal.wait(atMost: pause) }
                } catch {
                    failures += 1
                    await backOff(failures, after: error)
                }
            }
            await drain()
            begin(.closing)
            group.cancelAll()
        }
        await giveBack(interrupted.withLock { $0 })
    }

    private func backOff(_ failures: Int, after error: any Error) async {
        metrics.failedPasses.increment()
        if failures == 1 || failures.isMultiple(of: 30) {
            logger.warning("the outbox could not be read", metadata: ["reason": "\(error)", "failures": "\(failures)"])
        }
        let ceiling = min(50 << min(failures, 6), 2_000)
        await signal.wait(atMost: .milliseconds(Int.random(in: ceiling / 2...ceiling)))
    }

    /// Waits for the attempts under way, for a bounded time.
    private func drain() async {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: configuration.drainTime)
        while !Task.isCancelled, board.withLock({ $0.runningCount }) > 0, clock.now < end {
            await signal.wait(atMost: clock.now.duration(to: end))
        }
    }

    /// Starts an attempt that was just claimed.
    func start(_ delivery: Delivery, in group: inout DiscardingTaskGroup) {
        board.withLock { $0.start(delivery.lease, on: delivery.lane, isSuspect: delivery.isSuspect, at: .now) }
        if delivery.attempt == 1 {
            metrics.wait.recordNanoseconds(max(0, delivery.claimedAt.microseconds(since: delivery.createdAt)) &* 1_000)
        }
        group.addTask { await self.deliver(delivery) }
    }

    private func deliver(_ delivery: Delivery) async {
        let result = await perform(delivery)
        var opened = false
        if let verdict = result.verdict ?? unexplained(delivery) {
            metrics.attempt.recordNanoseconds(result.record.duration &* 1_000)
            // Not cancelled with the attempt: what has happened must be written down.
            await Task { await self.settle(delivery, verdict, result.record) }.value
        } else {
            interrupted.withLock { $0.append(delivery) }
        }
        opened = board.withLock {
            $0.finish(delivery.lease, result.feedback, mailServer: result.mailServer, at: .now, jitter: Double.random(in: 0...1))
        }
        if opened {
            metrics.openedCircuits.increment()
            logger.info("a receiver is paused", metadata: delivery.metadata)
        }
        signal.fire()
    }

    private func perform(_ delivery: Delivery) async -> AttemptResult {
        func bury(_ reason: String) -> AttemptResult {
            AttemptResult(.bury(reason: reason, disablesEndpoint: false), AttemptRecord(statusCode: nil, detail: reason, duration: 0))
        }
        if delivery.lostAttempts >= Delivery.maximumLostAttempts {
            return bury("\(delivery.lostAttempts) attempts in a row left no record: it may kill the process")
        }
        switch delivery.content {
        case .webhook(let webhook): return await webhooks.perform(delivery, webhook)
        case .mail(let payload):
            // Rows of mail are claimed only where there is somebody to send them.
            guard let mail else { return bury("no mail server is configured") }
            return await mail.perform(delivery, payload)
        case .unsendable(let reason): return bury(reason)
        }
    }

    /// An attempt that was stopped by nobody we know: tried again a little later, so that the two do not chase each other.
    private func unexplained(_ delivery: Delivery) -> DeliveryVerdict? {
        Task.isCancelled ? nil : .retry(afterAttempt: delivery.attempt, failure: "the attempt was stopped", blamesEndpoint: false)
    }

    /// The lanes that this courier can serve.
    func served(_ lanes: [DueLane]) -> [DueLane] {
        mail == nil ? lanes.filter { $0.lane.endpoint != nil } : lanes
    }
}

extension Delivery {
    /// Whether it left no record so often that it may kill the process.
    fileprivate var isSuspect: Bool { lostAttempts >= Self.maximumLostAttempts - 1 }

    /// For logs: ids only.
    var metadata: Logger.Metadata {
        var metadata = lane.metadata
        metadata["delivery"] = "\(lease.id)"
        metadata["attempt"] = "\(attempt)"
        if let ticket { metadata["ticket"] = "\(ticket)" }
        if let trace { metadata["trace_id"] = "\(trace.traceID)" }
        return metadata
    }

    /// The trace of the request that caused it.
    private var trace: TraceParent? { traceparent.flatMap { TraceParent($0) } }

    /// What the receiver is told as `traceparent`: a span of this attempt alone.
    var span: String? {
        var generator = SystemRandomNumberGenerator()
        return trace?.child(using: &generator).description
    }
}

extension DeliveryLane {
    /// For logs: ids only.
    var metadata: Logger.Metadata {
        ["tenant": "\(tenant)", "receiver": "\(endpoint.map { "\($0)" } ?? "mail")"]
    }
}
