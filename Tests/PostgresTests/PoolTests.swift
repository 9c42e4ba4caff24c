import Glibc
import TestSupport
import Testing

@testable import Postgres

/// The pool under pressure, against a server.
@Suite(.timeLimit(.minutes(2))) struct PoolTests {
    @Test func `A caller that finds no connection in time is told so`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({
                $0.pool.maximumConnections = 1
                $0.pool.unitsPerConnection = 1
                $0.pool.waitTimeout = .milliseconds(250)
            }) { (client) async throws in
                _ = try await eventually { (try? await client.first(One())) == 1 }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let clock = ContinuousClock()
                    group.addTask { _ = try await client.first(Sleep(seconds: 2)) }
                    try await database.waitUntilRunning("pg_sleep")
                    let start = clock.now
                    let error = await #expect(throws: PostgresError.self) { try await client.first(One()) }
                    #expect(error?.kind == .poolTimeout)
                    #expect(error?.isUnavailable == true)
                    let waited = clock.now - start
                    #expect(waited >= .milliseconds(240) && waited < .milliseconds(700))
                    try await group.waitForAll()
                }
                #expect(try await client.first(One()) == 1)
            }
        }
    }

    @Test func `More waiters than may wait are refused at once`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({
                $0.pool.maximumConnections = 1
                $0.pool.unitsPerConnection = 1
                $0.pool.maximumWaiters = 3
            }) { (client) async throws in
                let kinds = await withTaskGroup(of: PostgresError.Kind?.self) { group in
                    for _ in 0..<10 {
                        group.addTask {
                            do {
                                _ = try await client.first(Sleep(seconds: 0.1))
                                return nil
                            } catch { return (error as? PostgresError)?.kind }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(kinds.contains { $0 == .poolFull })
                #expect(kinds.allSatisfy { $0 == nil || $0 == .poolFull })
            }
        }
    }

    /// A process that exits while libpq works on another thread crashes in the destructors of libraries.
    @Test func `Once a client's run returns, none of its threads is left`() async throws {
        try await TestDatabase.with { (database) async throws in
            for _ in 0..<20 {
                var configuration = database.configuration
                configuration.pool.minimumConnections = 4
                let client = PostgresClient(configuration: configuration, logger: .quiet)
                let running = Task { try? await client.run() }
                // More connections are still being opened when the first answers.
                #expect(try await client.first(One()) == 1)
                running.cancel()
                await running.value
                #expect(client.threads.count == 0)
            }
        }
    }

    @Test func `Sessions have the limits of their configuration`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({ $0.timeouts.statement = .seconds(30) }) { (client) async throws in
                for (setting, value) in [("statement_timeout", "30s"), ("client_connection_check_interval", "2s"), ("lock_timeout", "1s")] {
                    #expect(try await client.first(Setting(name: setting)) == value)
                }
            }
        }
    }

    @Test func `The end of a client waits for a server that does not answer, but not for ever`() async throws {
        let threads = ThreadGroup()
        let gate = Counter()
        try threads.start { while gate.value == 0 { usleep(1_000) } }
        let clock = ContinuousClock()
        let start = clock.now
        await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await threads.finish(within: .milliseconds(50))
        }.value
        #expect(clock.now - start >= .milliseconds(50))
        #expect(threads.count == 1)
        _ = gate.next()
        await threads.finish(within: .seconds(10))
        #expect(threads.count == 0)
    }

    @Test func `A waiting unit that is cancelled is never sent`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute("CREATE TABLE item (id int8, name text)")
            try await database.withClient({
                $0.pool.maximumConnections = 1
                $0.pool.unitsPerConnection = 1
            }) { (client) async throws in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await client.first(Sleep(seconds: 1)) }
                    try await database.waitUntilRunning("pg_sleep")
                    let waiting = Task { try await client.run(PostgresUnit(Insert(id: 1))) }
                    waiting.cancel()
                    await #expect(throws: CancellationError.self) { try await waiting.value }
                    try await group.waitForAll()
                }
                #expect(try await client.first(CountItems()) == 0)
            }
        }
    }

    @Test func `A unit alone in flight is interrupted on the server`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({ $0.pool.maximumConnections = 1 }) { (client) async throws in
                let before = try await client.first(BackendID())
                let clock = ContinuousClock()
                let start = clock.now
                let long = Task { try await client.first(Sleep(seconds: 4)) }
                try await database.waitUntilRunning("pg_sleep")
                long.cancel()
                await #expect(throws: CancellationError.self) { try await long.value }
                #expect(try await client.first(BackendID()) == before)
                #expect(clock.now - start < .seconds(2))
            }
        }
    }

    @Test func `Another caller's unit on the same connection is not interrupted`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({
                $0.pool.maximumConnections = 1
                $0.pool.slowUnit = .seconds(60)
            }) { (client) async throws in
                _ = try await client.first(One())
                let first = Task { try await client.first(Sleep(seconds: 1)) }
                try await database.waitUntilRunning("pg_sleep")
                let second = Task { try await client.first(One()) }
                // One that follows on the same connection has to wait for the first, so the second is in flight when it is cancelled.
                let third = Task { try await client.first(One()) }
                _ = try await eventually { await client.inFlight() == 3 }
                second.cancel()
                #expect(try await third.value == 1)
                await #expect(throws: CancellationError.self) { try await second.value }
                #expect(try await first.value == 1)
                #expect(try await client.first(One()) == 1)
            }
        }
    }

    @Test func `A cancelled transaction is rolled back and its locks are free`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient { (client) async throws in
                let holder = Task {
                    try await client.transaction(first: PostgresUnit(TakeLock(key: 7))) { transaction, _ in
                        _ = try await transaction.run(PostgresUnit(Sleep(seconds: 4)))
                    }
                }
                try await database.waitUntilRunning("pg_sleep")
                holder.cancel()
                await #expect(throws: CancellationError.self) { try await holder.value }
                try await client.transaction(first: PostgresUnit(TakeLock(key: 7))) { _, _ in }
            }
        }
    }

    @Test func `Leases and units share the connections fairly`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({ $0.pool.maximumConnections = 2 }) { (client) async throws in
                let done = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 0..<400 {
                        group.addTask {
                            if number.isMultiple(of: 4) {
                                return try await client.transaction(first: PostgresUnit(One())) { transaction, _ in
                                    _ = try await transaction.run(PostgresUnit(One()))
                                    return 1
                                }
                            }
                            return try await client.first(One()) ?? 0
                        }
                    }
                    return try await group.reduce(0, +)
                }
                #expect(done == 400)
            }
        }
    }

    @Test func `Ten thousand tasks cancelled at random points leave every connection idle`() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({
                $0.pool.maximumConnections = 4
                $0.pool.maximumWaiters = 20_000
                $0.pool.waitTimeout = .seconds(60)
                $0.timeouts.statement = .seconds(30)
            }) { (client) async throws in
                var random = SplitMix(state: seed)
                for _ in 0..<100 {
                    await withTaskGroup(of: Void.self) { group in
                        for number in 0..<100 {
                            let delay = Int.random(in: 0..<3000, using: &random)
                            let isTransaction = number.isMultiple(of: 3)
                            group.addTask {
                                let task = Task { try await torture(client, isTransaction: isTransaction, key: number) }
                                try? await Task.sleep(for: .microseconds(delay))
                                task.cancel()
                                do {
                                    _ = try await task.value
                                } catch {
                                    #expect(error is CancellationError, "seed \(seed): \(error)")
                                }
                            }
                        }
                    }
                    // Whatever was cancelled: the next lease begins on a connection without leftovers.
                    var unit = PostgresUnit()
                    let handle = unit.add(LeftOvers())
                    let left = try await client.transaction(first: unit) { _, result in try result.first(handle) }
                    #expect(left == 0, "seed \(seed)")
                }
                #expect(try await client.first(One()) == 1)
            }
        }
    }

    @Test func `A unit before the start waits no longer than others`() async throws {
        try await TestDatabase.with { (database) async throws in
            var configuration = database.configuration
            configuration.pool.waitTimeout = .milliseconds(50)
            let client = PostgresClient(configuration: configuration, logger: .quiet)
            // The second finds the timer of the first rung already.
            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) { try await client.first(One()) }
                #expect(error?.kind == .poolTimeout)
            }
            await #expect(throws: PostgresError.self) { try await client.transaction { _, _ in } }
        }
    }

    @Test func `A unit before the start is served after it`() async throws {
        try await TestDatabase.with { (database) async throws in
            let client = PostgresClient(configuration: database.configuration, logger: .quiet)
            let early = Task { try await client.first(One()) }
            #expect(try await eventually { await client.pool.state.waiting == 1 })
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await client.run() }
                #expect(try await early.value == 1)
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    /// A graceful shutdown that begins when the pool is closed already must not wait for what is over.
    @Test func `A pool that is closed has nothing to wait for`() async throws {
        let isOver = await onIdlePool { pool, isDone in
            pool.close()
            pool.drain { _ = isDone.next() }
        }
        #expect(isOver)
    }

    @Test func `What was refused is not taken later`() async throws {
        let isOver = await onIdlePool { pool, isDone in
            let request = WorkRequest(.single, PostgresUnit())
            request.fail(PostgresError(.shutDown, "no thread"))
            pool.accept(request)
            if pool.state.waiting == 0, pool.state.queue.isEmpty { _ = isDone.next() }
            pool.close()
        }
        #expect(isOver)
    }

    /// Runs `body` on a pool that was never started, and returns whether it counted.
    private func onIdlePool(_ body: @escaping @Sendable (isolated ConnectionPool, Counter) -> Void) async -> Bool {
        let threads = ThreadGroup()
        let reactor = Reactor(threads: threads)
        let configuration = PostgresConfiguration(hosts: [PostgresHost(name: "127.0.0.1", port: 1)], user: "u", database: "d")
        let pool = ConnectionPool(configuration: configuration, reactor: reactor, threads: threads, logger: .quiet)
        let isDone = Counter()
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            reactor.submitEvenIfStopped {
                pool.assumeIsolated { body($0, isDone) }
                continuation.resume()
            }
        }
        reactor.stop()
        return isDone.value > 0
    }

    @Test func `A client that ended refuses work`() async throws {
        try await TestDatabase.with { (database) async throws in
            let ended = try await database.withClient { (client) async throws in
                _ = try await client.first(One())
                return client
            }
            let error = await #expect(throws: PostgresError.self) { try await ended.first(One()) }
            #expect(error?.kind == .shutDown)
        }
    }
}

private func torture(_ client: PostgresClient, isTransaction: Bool, key: Int) async throws {
    guard isTransaction else {
        _ = try await client.first(Sleep(seconds: 0.0005))
        return
    }
    try await client.transaction(first: PostgresUnit(TakeLock(key: key))) { transaction, _ in
        _ = try await transaction.run(PostgresUnit(Sleep(seconds: 0.0005)))
        try await transaction.commit(PostgresUnit(One()))
    }
}
