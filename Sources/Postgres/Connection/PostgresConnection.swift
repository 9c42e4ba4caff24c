import CLibPQ
import Logging

/// One session in pipeline mode, on the reactor. Moves bytes between libpq and `PipelineState`; knows nothing of pools.
///
/// Its methods are called with `assumeIsolated` from the reactor's thread, never awaited: one hop per unit, not two.
actor PostgresConnection {
    nonisolated let id: Int
    nonisolated let host: PostgresHost
    nonisolated let canceller: CancelHandle?
    nonisolated let reactor: Reactor
    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }

    let unitMode: UnitMode
    /// How long the first unit in flight may run before the connection counts as frozen, in nanoseconds; nil is for ever.
    let deadline: Int64?
    /// How long the server's plans are kept, in nanoseconds; see ``PostgresConfiguration/planLifetime``.
    private let planLifetime: Int64
    private var plansSince = Monotonic.now()
    private var transactionsByPlans = 0
    /// Plans that served fewer transactions are kept, however old: an idle process says no more than it must.
    private static let fewTransactions = 20
    /// From so many bytes on libpq sends what it holds.
    private static let libpqBuffer = 8_192
    let descriptor: Int32
    var pipeline = PipelineState()
    var statements = StatementCache()
    var scratch = ParameterScratch()
    private(set) var handle: ConnectionHandle?
    private var delegate: (any ConnectionDelegate)?
    private var wantsWritable = false
    private var parked: [WorkRequest] = []
    private var heldSince: Int64?
    private var headSince: Int64 = 0
    private var isTimerSet = false

    /// Takes over a connection that `Connector` opened.
    init(id: Int, handle: ConnectionHandle, reactor: Reactor, configuration: PostgresConfiguration, delegate: any ConnectionDelegate) {
        self.id = id
        self.handle = handle
        self.reactor = reactor
        self.delegate = delegate
        host = handle.host
        canceller = handle.canceller
        descriptor = PQsocket(handle.pointer)
        unitMode = configuration.unitMode
        planLifetime = configuration.planLifetime.nanoseconds
        let limit = configuration.timeouts.statement
        deadline = limit > .zero ? (limit + configuration.timeouts.deadlineMargin).nanoseconds : nil
    }

    /// Starts to listen to the socket. False where that is not possible; then the connection is closed.
    func open() -> Bool {
        guard let handle, PQsetnonblocking(handle.pointer, 1) == 0, PQenterPipelineMode(handle.pointer) == 1,
            reactor.watch(descriptor, { [weak self] events in self?.assumeIsolated { $0.ready(events) } })
        else {
            self.handle = nil
            return false
        }
        return true
    }

    var isClosed: Bool { handle == nil }

    /// What says that the server takes no writes any more, by its last answer.
    var readOnlyParameter: String? { handle?.readOnlyParameter }

    /// Nothing in flight and no transaction open.
    var isClean: Bool {
        guard let handle, pipeline.isEmpty, parked.isEmpty else { return false }
        return PQtransactionStatus(handle.pointer) == PQTRANS_IDLE
    }

    /// Nothing in flight; a transaction may be open.
    var isQuiet: Bool { handle != nil && pipeline.isEmpty && parked.isEmpty }

    // MARK: Sending

    /// Sends a unit, or keeps it until `release` while a cancel request is under way.
    func send(_ request: WorkRequest) {
        guard handle != nil else {
            return request.fail(PostgresError(.connectionLost, "the connection was lost"))
        }
        request.phase = .inFlight(self)
        if heldSince != nil {
            parked.append(request)
            return
        }
        transmit(request)
    }

    private func transmit(_ request: WorkRequest) {
        guard let handle else { return }
        let now = Monotonic.now()
        if request.startedAt == 0 { request.startedAt = now }
        if pipeline.isEmpty { headSince = now }
        do {
            pipeline.append(request, try write(request, to: handle), isSynced: true)
        } catch {
            // What libpq already holds of the unit cannot be taken back, so the connection ends, without its Sync.
            pipeline.append(request, [], isSynced: false)
            return close(error)
        }
        // What libpq sent in parts while the unit was written may have made it read, and left nothing to send.
        flush(handle, looksAgain: wantsWritable || request.unit.binder.arena.count >= Self.libpqBuffer)
        armTimer()
    }

    /// Whether the plans are older than they may be when a transaction begins; counts from now on then.
    func takeAgeOfPlans() -> Bool {
        transactionsByPlans += 1
        let now = Monotonic.now()
        guard transactionsByPlans > Self.fewTransactions, now - plansSince >= planLifetime else { return false }
        plansSince = now
        transactionsByPlans = 0
        return true
    }

    /// - Parameter looksAgain: whether the reactor is to call also where nothing is left to send.
    private func flush(_ handle: ConnectionHandle, looksAgain: Bool = false) {
        let remaining = PQflush(handle.pointer)
        if remaining < 0 { return close(lost(handle)) }
        let isWanted = remaining == 1 || looksAgain
        if isWanted != wantsWritable {
            wantsWritable = isWanted
            reactor.setWritable(descriptor, wantsWritable)
        }
    }

    // MARK: Receiving

    private func ready(_ events: UInt32) {
        guard let handle, let delegate else { return }
        if wantsWritable, events & CLIBPQ_EPOLLOUT != 0 { flush(handle) }
        // Where it can only be written as well: libpq reads while it cannot send, and what it has read does not make the socket readable again.
        guard self.handle != nil, events & (CLIBPQ_EPOLLIN | CLIBPQ_EPOLLOUT | CLIBPQ_EPOLLERR | CLIBPQ_EPOLLHUP) != 0 else { return }
        // A TLS record may be larger than the room libpq offers: what stays inside OpenSSL does not make the socket readable again.
        let rounds = PQsslInUse(handle.pointer) == 1 ? 3 : 1
        var completions: [Completion] = []
        for _ in 0..<rounds {
            let isAlive = PQconsumeInput(handle.pointer) == 1
            hearNotifications(handle)
            if let violation = receive(handle, &completions) {
                return close(violation, after: completions)
            }
            // What an answer made it send, such as ROLLBACK, may have closed it: the units that were over before are still to be reported.
            guard self.handle != nil else { return delegate.connection(self, finished: completions) }
            // Those that stood behind results are to be had only now.
            hearNotifications(handle)
            guard isAlive, PQstatus(handle.pointer) == CONNECTION_OK else { return close(lost(handle), after: completions) }
        }
        if !completions.isEmpty { delegate.connection(self, finished: completions) }
    }

    private func hearNotifications(_ handle: ConnectionHandle) {
        while let notification = PQnotifies(handle.pointer) {
            let channel = String(cString: notification.pointee.relname)
            PQfreemem(notification)
            delegate?.connection(self, heard: channel)
        }
    }

    /// Takes all results that have arrived. Returns an error where they make no sense.
    private func receive(_ handle: ConnectionHandle, _ completions: inout [Completion]) -> PostgresError? {
        while !pipeline.isEmpty, PQisBusy(handle.pointer) == 0 {
            guard let result = PQgetResult(handle.pointer) else {
                if pipeline.receiveEnd() { continue }
                return PQstatus(handle.pointer) == CONNECTION_OK ? PostgresError(.protocolViolation, "results ended before the Sync") : nil
            }
            if PQresultStatus(result) == PGRES_PIPELINE_SYNC {
                PQclear(result)
                guard let flight = pipeline.receiveSync() else { return PostgresError(.protocolViolation, "a Sync before its results") }
                headSince = Monotonic.now()
                if let completion = conclude(flight, handle) { completions.append(completion) }
            } else if !accept(result) {
                return PostgresError(.protocolViolation, "a result that no statement here can have")
            }
        }
        return nil
    }

    // MARK: Cancelling

    enum CancelAdvice { case interrupt, discard, wait }

    /// What to do when the caller of a unit in flight has gone. Never interrupts other callers' units, nor the commit of an interactive transaction.
    ///
    /// The commit of a single unit may be hit: its answers come all at once, so that nobody here sees it begin. The server still tells what became of it: it is
    /// done, it was rolled back (57014), or it did not wait for its replica, which is reported as of unknown outcome.
    func adviceForCancelling(_ request: WorkRequest) -> CancelAdvice {
        guard let head = pipeline.head, canceller != nil, heldSince == nil else { return request.scope == .single ? .discard : .wait }
        if head.request === request, pipeline.count == 1 {
            return head.isCommitting || request.scope == .commit || head.failure != nil ? .wait : .interrupt
        }
        return request.scope == .single ? .discard : .wait
    }

    /// Keeps further units back, which a late cancel request would hit.
    func hold() {
        heldSince = Monotonic.now()
        armTimer()
    }

    /// The cancel request is over: sends what was kept back.
    func unhold() {
        heldSince = nil
        let requests = parked
        parked = []
        for request in requests { send(request) }
    }

    // MARK: Ending

    /// Closes the connection; what is in flight fails, after `completions` are reported.
    func close(_ error: PostgresError, after completions: [Completion] = []) {
        guard handle != nil else { return }
        reactor.unwatch(descriptor)
        reactor.clearTimer(self)
        handle = nil
        var finished = completions
        for (request, loss) in pipeline.lose(error) {
            finished.append(Completion(request: request, outcome: .failure(loss)))
        }
        for request in parked {
            finished.append(Completion(request: request, outcome: .failure(error.with(.connectionLost))))
        }
        parked = []
        let delegate = delegate
        self.delegate = nil
        delegate?.connection(self, closedBy: error, finished: finished)
    }

    private func lost(_ handle: ConnectionHandle) -> PostgresError {
        PostgresError(.connectionLost, handle.errorMessage)
    }

    // MARK: Deadline

    /// Armed lazily, not per unit: when it rings early, it is set again for what is left.
    private func armTimer() {
        guard !isTimerSet, let deadline else { return }
        setTimer(at: Monotonic.now() + deadline)
    }

    private func setTimer(at time: Int64) {
        isTimerSet = true
        reactor.setTimer(self, at: time) { [weak self] in self?.assumeIsolated { $0.checkDeadline() } }
    }

    private func checkDeadline() {
        isTimerSet = false
        guard let deadline, var start = waitingSince else { return }
        if Monotonic.now() >= start + deadline {
            // The thread may have been away, and the answers in the socket since long.
            ready(CLIBPQ_EPOLLIN)
            guard let present = waitingSince else { return }
            start = present
        }
        if Monotonic.now() >= start + deadline {
            close(PostgresError(.connectionLost, PostgresError.frozenServer))
        } else {
            setTimer(at: start + deadline)
        }
    }

    /// Since when something is awaited: the answer to the first unit in flight, or the end of a cancel request.
    private var waitingSince: Int64? {
        guard handle != nil else { return nil }
        return [pipeline.isEmpty ? nil : headSince, heldSince].compactMap { $0 }.min()
    }
}
