import Logging

/// Performs what `PoolState` decides: opens, feeds and closes connections. Lives on the reactor, like them.
actor ConnectionPool {
    nonisolated let reactor: Reactor
    nonisolated let metrics: PoolMetrics
    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }

    private let configuration: PostgresConfiguration
    private let logger: Logger
    private let connector: Connector
    private let threads: ThreadGroup
    private let waitLimit: Int64
    private(set) var state: PoolState
    private var connections: [Int: PostgresConnection] = [:]
    private var lastID = 0
    private var isStarted = false
    private var isClosed = false
    private var timerAt = Int64.max
    private var whenQuiet: (@Sendable () -> Void)?
    private var drainDeadline = Int64.max
    /// Leased connections whose ROLLBACK is under way.
    private var releasing: Set<Int> = []

    init(configuration: PostgresConfiguration, reactor: Reactor, threads: ThreadGroup, logger: Logger) {
        self.configuration = configuration
        self.reactor = reactor
        self.threads = threads
        self.logger = logger
        connector = Connector(configuration: configuration, logger: logger)
        state = PoolState(limits: configuration.pool, unitMode: configuration.unitMode)
        waitLimit = configuration.pool.waitTimeout.nanoseconds
        metrics = PoolMetrics(pool: configuration.applicationName)
    }

    /// Begins to open connections.
    func start() {
        isStarted = true
        advance()
    }

    /// Refuses new work; calls `done` once the work that runs or waits is over, or ended because it took longer than it may.
    func drain(_ done: @escaping @Sendable () -> Void) {
        if isClosed { return done() }
        state.isDraining = true
        whenQuiet = done
        drainDeadline = Monotonic.now() + configuration.pool.drainTimeout.nanoseconds
        advance()
        if !isClosed, drainDeadline < timerAt { setTimer(at: drainDeadline) }
    }

    /// Ends at once: whatever runs or waits fails.
    func close() {
        let error = PostgresError(.shutDown, "the client is shut down")
        isClosed = true
        state.isDraining = true
        for request in state.abandonAll() { request.fail(error) }
        for connection in Array(connections.values) { connection.assumeIsolated { $0.close(error) } }
        reactor.clearTimer(self)
        finishDrainIfQuiet()
    }

    // MARK: Requests

    /// Takes a unit or a lease request from a task.
    func accept(_ request: WorkRequest) {
        // Refused where there was no thread for it, and run by the thread of what came later.
        if request.isFinished { return }
        if request.isCancelled { return request.fail(CancellationError()) }
        if isClosed { return request.fail(PostgresError(.shutDown, "the client is shut down")) }
        if let refusal = state.enqueue(request) { return request.fail(refusal) }
        advance()
    }

    /// Takes a unit of an interactive transaction.
    func accept(_ request: WorkRequest, on connection: PostgresConnection) {
        if request.isFinished { return }
        if request.isCancelled { return request.fail(CancellationError()) }
        connection.assumeIsolated { $0.send(request) }
    }

    /// The task that waits for the request was cancelled.
    func cancel(_ request: WorkRequest) {
        switch request.phase {
        case .new: request.isCancelled = true
        case .queued:
            state.withdraw(request)
            request.fail(CancellationError())
            advance()
        case .inFlight(let connection): cancel(request, on: connection)
        case .finished: break
        }
    }

    private func cancel(_ request: WorkRequest, on connection: PostgresConnection) {
        switch connection.assumeIsolated({ $0.adviceForCancelling(request) }) {
        case .wait: break
        case .discard: request.fail(CancellationError())
        case .interrupt:
            guard let canceller = connection.canceller else { return }
            request.isInterrupted = true
            state.update(connection.id) { $0.isHeld = true }
            connection.assumeIsolated { $0.hold() }
            let reactor = reactor
            let release: @Sendable () -> Void = { [weak self] in self?.assumeIsolated { $0.release(afterCancelling: connection) } }
            do {
                try threads.start {
                    canceller.cancel()
                    _ = reactor.submit(release)
                }
            } catch {
                release()
            }
        }
    }

    private func release(afterCancelling connection: PostgresConnection) {
        state.update(connection.id) { $0.isHeld = false }
        connection.assumeIsolated { $0.unhold() }
        advance()
    }

    /// An interactive transaction is over. Rolls back what it left open; a connection that is not clean after that is closed.
    func endLease(of connection: PostgresConnection) {
        enum State { case clean, open, busy, closed }
        let status: State = connection.assumeIsolated { $0.isClosed ? .closed : $0.isClean ? .clean : $0.isQuiet ? .open : .busy }
        switch status {
        case .closed: break
        case .clean:
            state.finishedLease(of: connection.id, at: Monotonic.now())
            advance()
        case .open:
            releasing.insert(connection.id)
            var unit = PostgresUnit()
            unit.add(ControlStatement.Rollback())
            let request = WorkRequest(.housekeeping, unit)
            connection.assumeIsolated { $0.send(request) }
        case .busy: connection.assumeIsolated { $0.close(PostgresError(.misuse, "a transaction ended before its units")) }
        }
    }

    // MARK: Events

    private func finish(_ completion: Completion, on connection: PostgresConnection) {
        let request = completion.request
        switch request.scope {
        case .single:
            state.finishedUnit(on: connection.id, at: Monotonic.now())
            if connection.assumeIsolated({ $0.isQuiet && !$0.isClean }) {
                connection.assumeIsolated { $0.close(PostgresError(.misuse, "a unit left a transaction open")) }
            }
        case .lease:
            // Without its first unit there is no transaction that could end the lease.
            if case .failure = completion.outcome { endLease(of: connection) } else { state.begunLease(of: connection.id, at: Monotonic.now()) }
        case .housekeeping: finishHousekeeping(on: connection)
        case .inTransaction, .commit, .rollback: break
        }
        if case .failure(let error) = completion.outcome, error.condemnsConnection { condemn(connection, error) }
    }

    private func finishHousekeeping(on connection: PostgresConnection) {
        guard releasing.remove(connection.id) != nil else {
            return state.finishedCheck(on: connection.id, at: Monotonic.now())
        }
        if connection.assumeIsolated({ $0.isClean }) {
            state.finishedLease(of: connection.id, at: Monotonic.now())
        } else {
            connection.assumeIsolated { $0.close(PostgresError(.protocolViolation, "a transaction could not be rolled back")) }
        }
    }

    /// Read-only means that the server was demoted: all its connections go. The others end by themselves when the server does.
    private func condemn(_ connection: PostgresConnection, _ error: PostgresError) {
        state.update(connection.id) { $0.isRetiring = true }
        if error.sqlState == "25006" { retireAll(on: connection.host) }
    }

    /// Who only reads is never refused, and would stay on a server that was demoted. The answers say so, be it those to the checks of idle connections.
    private func leaveReadOnly() {
        guard configuration.requiresReadWrite else { return }
        for connection in connections.values where state.slot(connection.id)?.isRetiring == false {
            guard let name = connection.assumeIsolated({ $0.readOnlyParameter }) else { continue }
            logger.warning("a database server takes no writes any more", metadata: ["host": "\(connection.host)", "parameter": "\(name)"])
            retireAll(on: connection.host)
        }
    }

    /// What froze one connection froze the others: they must not each cost somebody a deadline. But not where another has answered just now: there a unit of
    /// several statements was slow, each within its own timeout, and to open everything anew would make that worse.
    private func noteFrozen(_ host: PostgresHost) {
        let timeouts = configuration.timeouts
        let now = Monotonic.now()
        let others = connections.values.filter { $0.host == host }.map { $0.id }
        let opened = now - (timeouts.statement + timeouts.deadlineMargin).nanoseconds
        let isAnswering = state.hasAnswered(others, openedBy: opened, since: now - max(timeouts.deadlineMargin, .seconds(1)).nanoseconds)
        if !isAnswering { retireAll(on: host) }
    }

    private func retireAll(on host: PostgresHost) {
        for other in connections.values where other.host == host {
            state.update(other.id) { $0.isRetiring = true }
        }
    }

    private func resume(_ completion: Completion, on connection: PostgresConnection) {
        let request = completion.request
        switch completion.outcome {
        case .success(let result): request.finish(.success(WorkRequest.Outcome(result: result, connection: connection)))
        case .failure(let error): request.fail(request.isInterrupted && error.isQueryCanceled ? CancellationError() : error)
        }
    }

    // MARK: Progress

    /// Serves who can be served, opens what is needed, and sets the alarm for what time will change.
    private func advance() {
        let now = Monotonic.now()
        while let (request, id) = state.nextAssignment(at: now) {
            guard let connection = connections[id] else { continue }
            connection.assumeIsolated { $0.send(request) }
        }
        guard !isClosed else { return }
        if isStarted {
            for id in state.retired { closeQuietly(id) }
            for _ in 0..<state.connectionsToOpen(at: now) { open() }
        }
        // Before the start too: those that wait for it wait no longer than others.
        // Lazily: a timer that rings before any wait can end is soon enough for all of them.
        if timerAt > now + waitLimit { setTimer(at: min(timerAt, state.nextTime(after: now))) }
        finishDrainIfQuiet()
    }

    private func setTimer(at time: Int64) {
        timerAt = time
        reactor.setTimer(self, at: time) { [weak self] in self?.assumeIsolated { $0.ring() } }
    }

    private func ring() {
        timerAt = .max
        guard !isClosed else { return }
        let now = Monotonic.now()
        if now >= drainDeadline { return close() }
        let expired = state.expired(at: now)
        for request in expired {
            request.fail(PostgresError(.poolTimeout, "no connection became free within \(configuration.pool.waitTimeout)"))
        }
        if !expired.isEmpty { metrics.recordTimeout(expired.count) }
        for action in state.upkeep(at: now) {
            switch action {
            case .close(let id): closeQuietly(id)
            case .check(let id): connections[id]?.assumeIsolated { $0.send(WorkRequest(.housekeeping, PostgresUnit())) }
            }
        }
        leaveReadOnly()
        metrics.record(state)
        advance()
    }

    private func finishDrainIfQuiet() {
        guard state.isDraining, isClosed || state.isQuiet, let done = whenQuiet else { return }
        whenQuiet = nil
        done()
    }

    private func closeQuietly(_ id: Int) {
        connections[id]?.assumeIsolated { $0.close(PostgresError(.shutDown, "the connection is no longer needed")) }
    }

    // MARK: Connecting

    private func open() {
        lastID += 1
        let id = lastID
        let connector = connector
        let reactor = reactor
        do {
            try threads.start { [self] in
                let result = Result { () throws(PostgresError) in try connector.connect() }
                // After `stop` nobody takes the connection, and it closes itself.
                _ = reactor.submit { self.assumeIsolated { $0.opened(id, result) } }
            }
        } catch {
            opened(id, .failure(error))
        }
    }

    private func opened(_ id: Int, _ result: Result<ConnectionHandle, PostgresError>) {
        guard !isClosed else { return }
        let now = Monotonic.now()
        switch result {
        case .success(let handle):
            let connection = PostgresConnection(id: id, handle: handle, reactor: reactor, configuration: configuration, delegate: self)
            if connection.assumeIsolated({ $0.open() }) {
                connections[id] = connection
                state.opened(id, at: now)
            } else {
                failed(PostgresError(.connectFailed, "the connection cannot be watched"), at: now)
            }
        case .failure(let error): failed(error, at: now)
        }
        advance()
    }

    private func failed(_ error: PostgresError, at now: Int64) {
        state.connecting -= 1
        state.backOff.failed(error, at: now, jitter: Double.random(in: 0...1))
        if state.backOff.failures == 1 || state.backOff.failures.isMultiple(of: 30) {
            logger.warning("cannot connect to the database", metadata: ["reason": "\(error)", "failures": "\(state.backOff.failures)"])
        }
        setTimer(at: min(timerAt, state.backOff.notBefore))
        refuseIfBroken()
    }

    private func refuseIfBroken() {
        guard state.isBroken else { return }
        for request in state.abandonAll() { request.fail(state.unavailable) }
    }
}

extension ConnectionPool: ConnectionDelegate {
    nonisolated func connection(_ connection: PostgresConnection, finished: [Completion]) {
        assumeIsolated { pool in
            let failures = pool.state.backOff.failures
            for completion in finished { pool.finish(completion, on: connection) }
            if failures > 0, pool.state.backOff.failures == 0 {
                pool.logger.notice("connected to the database again", metadata: ["host": "\(connection.host)"])
            }
            // The server gets its next work before the callers their results: it is the slower one.
            pool.advance()
            for completion in finished { pool.resume(completion, on: connection) }
        }
    }

    nonisolated func connection(_ connection: PostgresConnection, closedBy error: PostgresError, finished: [Completion]) {
        assumeIsolated { pool in
            pool.connections[connection.id] = nil
            pool.releasing.remove(connection.id)
            pool.state.closed(connection.id, by: error, at: Monotonic.now(), jitter: Double.random(in: 0...1))
            if pool.state.backOff.failures > 0 { pool.setTimer(at: min(pool.timerAt, pool.state.backOff.notBefore)) }
            if error.message == PostgresError.frozenServer { pool.noteFrozen(connection.host) }
            if error.kind != .shutDown {
                pool.metrics.recordLoss()
                pool.logger.warning("a database connection was closed", metadata: ["reason": "\(error)"])
            }
            for completion in finished { pool.resume(completion, on: connection) }
            pool.refuseIfBroken()
            pool.advance()
        }
    }

    nonisolated func connection(_ connection: PostgresConnection, heard channel: String) {}
}
