import TestSupport
import Testing

@testable import Postgres

/// What a broken server or network does to callers.
@Suite(.timeLimit(.minutes(2))) struct FaultTests {
    @Test func `A backend that is terminated fails its unit, and the next one is served`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute("CREATE TABLE item (id int8, name text)")
            try await database.withClient({ $0.pool.maximumConnections = 1 }) { (client) async throws in
                let backend = try #require(try await client.first(BackendID()))
                var unit = PostgresUnit(Insert(id: 1))
                unit.add(Sleep(seconds: 4))
                let victim = Task { [unit] in try await client.run(unit) }
                try await database.waitUntilRunning("pg_sleep")
                try await database.execute("SELECT pg_terminate_backend(\(backend))")
                let error = await #expect(throws: PostgresError.self) { try await victim.value }
                #expect(error?.kind == .connectionLost)
                #expect(error?.sqlState == "57P01")
                #expect(try await client.first(CountItems()) == 0)
            }
        }
    }

    @Test func `A transaction whose backend is terminated fails, also before its commit`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute("CREATE TABLE item (id int8, name text)")
            try await database.withClient({ $0.pool.maximumConnections = 1 }) { (client) async throws in
                var first = PostgresUnit(Insert(id: 1))
                let handle = first.add(BackendID())
                await #expect(throws: PostgresError.self) {
                    try await client.transaction(first: first) { _, result in
                        let backend = try #require(try result.first(handle))
                        try await database.execute("SELECT pg_terminate_backend(\(backend), 5000)")
                    }
                }
                #expect(try await client.first(CountItems()) == 0)
            }
        }
    }

    @Test func `A restarted server is found again within two seconds`() async throws {
        let server = try PrivateServer()
        try server.start()
        try await TestDatabase.with(server: server.configuration) { (database) async throws in
            try await database.withClient({ $0.pool.waitTimeout = .milliseconds(250) }) { (client) async throws in
                let isUp = try await eventually { (try? await client.first(One())) == 1 }
                #expect(isUp)
                try server.stop()
                let isBroken = try await eventually {
                    do {
                        _ = try await client.first(One())
                        return false
                    } catch let error as PostgresError { return error.kind == .unavailable }
                }
                #expect(isBroken)
                try server.start()
                let clock = ContinuousClock()
                let start = clock.now
                let isBack = try await eventually { (try? await client.first(One())) == 1 }
                #expect(isBack)
                #expect(clock.now - start < .seconds(2))
            }
        }
    }

    @Test func `A frozen connection is closed at the deadline, with its outcome unknown`() async throws {
        try await TestDatabase.with { (database) async throws in
            let proxy = try Proxy(to: database.configuration.hosts[0].port)
            defer { proxy.close() }
            try await database.withClient({
                $0.hosts = [PostgresHost(name: "127.0.0.1", port: proxy.port)]
                $0.timeouts.statement = .milliseconds(300)
                $0.timeouts.deadlineMargin = .milliseconds(200)
            }) { (client) async throws in
                #expect(try await client.first(One()) == 1)
                proxy.freeze()
                let clock = ContinuousClock()
                let start = clock.now
                let error = await #expect(throws: PostgresError.self) { try await client.first(One()) }
                #expect(error?.kind == .outcomeUnknown)
                #expect(clock.now - start < .seconds(2))
                #expect(try await client.first(One()) == 1)
            }
        }
    }

    @Test func `An answer that came in time counts, however late it is read`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({
                $0.pool.maximumConnections = 1
                $0.timeouts.statement = .seconds(2)
                $0.timeouts.deadlineMargin = .zero
            }) { (client) async throws in
                let backend = try #require(try await client.first(BackendID()))
                let gate = Counter()
                let late = Task { try await client.run([PostgresUnit(One())], holdingThreadUntil: gate, least: .milliseconds(2_100)) }
                try await database.waitUntilAnswered(One.sql, by: backend)
                _ = gate.next()
                _ = try await late.value
                #expect(try await client.first(BackendID()) == backend)
            }
        }
    }

    /// Frozen is one connection, or slow: the server itself answers on the other.
    @Test func `A deadline that passes leaves connections alone that answer`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({
                $0.pool.maximumConnections = 2
                $0.pool.minimumConnections = 2
                $0.pool.unitsPerConnection = 1
                $0.timeouts.statement = .seconds(1)
                $0.timeouts.deadlineMargin = .seconds(2)
                // The server ends nothing: the deadline does.
                $0.timeouts.sendsStartupOptions = false
            }) { (client) async throws in
                #expect(try await eventually { await client.pool.state.slots.count == 2 })
                let isOver = Counter()
                let slow = Task {
                    defer { _ = isOver.next() }
                    return try await client.first(Sleep(seconds: 60))
                }
                try await database.waitUntilRunning("pg_sleep")
                let other = try #require(try await client.first(BackendID()))
                while isOver.value == 0 { #expect(try await client.first(BackendID()) == other) }
                let error = await #expect(throws: PostgresError.self) { try await slow.value }
                #expect(error?.kind == .outcomeUnknown)
                #expect(try await client.first(BackendID()) == other)
            }
        }
    }

    /// libpq reads it while it cannot send, after which the socket has nothing to read any more.
    @Test func `An answer that comes while a large unit is sent does not wait for that unit's own`() async throws {
        try await TestDatabase.with { (database) async throws in
            @Sendable func noLimits(_ configuration: inout PostgresConfiguration) {
                configuration.pool.maximumConnections = 1
                configuration.timeouts.statement = .zero
                configuration.timeouts.lock = .zero
                configuration.timeouts.idleInTransaction = .zero
            }
            try await database.withClient({ noLimits(&$0) }) { (holder) async throws in
                try await database.withClient({ noLimits(&$0) }) { (client) async throws in
                    let backend = try #require(try await client.first(BackendID()))
                    var large = PostgresUnit(Length(text: String(repeating: "x", count: 32 << 20)))
                    large.add(TakeLock(key: 7))
                    try await holder.transaction(first: PostgresUnit(TakeLock(key: 7))) { [large] _, _ in
                        let gate = Counter()
                        let first = Task { try await client.run([PostgresUnit(One()), large], holdingThreadUntil: gate) }
                        try await database.waitUntilAnswered(One.sql, by: backend)
                        _ = gate.next()
                        // The lock is held until here, and the large unit waits for it.
                        _ = try await first.value
                    }
                }
            }
        }
    }

    @Test func `A read-only server is passed over for one that takes writes`() async throws {
        try await TestDatabase.with { (database) async throws in
            let name = database.configuration.database
            try await database.withClient({ $0.pool.circuitBreakerThreshold = 2 }) { (client) async throws in
                _ = try await client.first(One())
            }
            try await TestDatabase.execute("ALTER DATABASE \(name) SET default_transaction_read_only = on", on: database.configuration)
            let error = #expect(throws: PostgresError.self) { try Connector(configuration: database.configuration, logger: .quiet).connect() }
            #expect(error?.kind == .connectFailed)
            #expect(error?.sqlState == "25006")
            var anyServer = database.configuration
            anyServer.requiresReadWrite = false
            #expect(throws: Never.self) { try Connector(configuration: anyServer, logger: .quiet).connect() }
            var hosts = anyServer
            hosts.hosts.insert(PostgresHost(name: "127.0.0.1", port: 1), at: 0)
            let handle = try Connector(configuration: hosts, logger: .quiet).connect()
            #expect(handle.host == anyServer.hosts[0])
        }
    }

    @Test func `A server that becomes read-only loses its connections`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute("CREATE TABLE item (id int8, name text)")
            try await database.withClient({
                $0.pool.maximumConnections = 1
                $0.requiresReadWrite = false
            }) { (client) async throws in
                let before = try await client.first(BackendID())
                var unit = PostgresUnit(ReadOnly())
                unit.add(Insert(id: 1))
                let error = await #expect(throws: PostgresError.self) { try await client.run(unit) }
                #expect(error?.sqlState == "25006")
                #expect(try await client.first(BackendID()) != before)
            }
        }
    }

    @Test func `statement_timeout ends a unit and keeps the connection`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient({
                $0.pool.maximumConnections = 1
                $0.timeouts.statement = .milliseconds(100)
            }) { (client) async throws in
                let before = try await client.first(BackendID())
                let error = await #expect(throws: PostgresError.self) { try await client.first(Sleep(seconds: 3)) }
                #expect(error?.isQueryCanceled == true)
                #expect(try await client.first(BackendID()) == before)
            }
        }
    }
}

private struct Length: Statement {
    static var sql: String { "SELECT length($1::text)" }
    let text: String

    func bind(into binder: inout Binder) { binder.append(text) }

    static func decode(_ row: RowView) throws(DecodeError) -> Int { try row.decode(Int.self, at: 0) }
}

private struct ReadOnly: Statement {
    static var sql: String { "SELECT set_config('transaction_read_only', 'on', true)" }
    typealias Row = NoRow
}
