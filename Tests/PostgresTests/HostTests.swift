import TestSupport
import Testing

@testable import Postgres

/// Which servers a client talks to, and how it knows them.
@Suite(.timeLimit(.minutes(2))) struct HostTests {
    private func database(on servers: PrivateServer...) -> TestDatabase {
        var configuration = servers[0].configuration
        configuration.hosts = servers.flatMap(\.configuration.hosts)
        return TestDatabase(configuration: configuration)
    }

    private func setReadOnly(_ server: PrivateServer, _ value: String) async throws {
        var configuration = server.configuration
        configuration.requiresReadWrite = false
        try await TestDatabase.execute("ALTER SYSTEM SET default_transaction_read_only = \(value)", on: configuration)
        try await TestDatabase.execute("SELECT pg_reload_conf()", on: configuration)
    }

    @Test func `When the first server stops, its work goes to the second once that takes writes`() async throws {
        let first = try PrivateServer()
        let second = try PrivateServer()
        try first.start()
        try second.start()
        for server in [first, second] { try await database(on: server).execute("CREATE TABLE item (id int8, name text)") }
        try await setReadOnly(second, "on")
        try await database(on: first, second).withClient({ $0.pool.waitTimeout = .milliseconds(250) }) { (client) async throws in
            let isUp = try await eventually { (try? await client.run(PostgresUnit(Insert(id: 1)))) != nil }
            #expect(isUp)
            try first.stop()
            // The second is there, but takes no writes: the breaker opens instead.
            let isRefused = try await eventually {
                do {
                    _ = try await client.run(PostgresUnit(Insert(id: 2)))
                    return false
                } catch let error as PostgresError { return error.kind == .unavailable && error.sqlState == "25006" }
            }
            #expect(isRefused)
            try await setReadOnly(second, "off")
            let clock = ContinuousClock()
            let start = clock.now
            let isBack = try await eventually { (try? await client.run(PostgresUnit(Insert(id: 3)))) != nil }
            #expect(isBack)
            #expect(clock.now - start < .seconds(2))
        }
        #expect(try await database(on: second).execute("SELECT id FROM item") == [["3"]])
    }

    /// The server answers, and hangs up before the ROLLBACK that the answer leads to.
    @Test func `A unit that is over is reported also where the connection ends with what follows it`() async throws {
        let server = try PrivateServer()
        try server.start()
        let database = database(on: server)
        try await database.withClient({
            $0.unitMode = .explicit
            $0.pool.maximumConnections = 1
        }) { (client) async throws in
            let backend = try #require(try await client.first(BackendID()))
            let gate = Counter()
            let unit = Task { try await client.run([PostgresUnit(Insert(id: 1))], holdingThreadUntil: gate) }
            try await database.waitUntilAnswered("INSERT INTO item", by: backend)
            try await database.execute("SELECT pg_terminate_backend(\(backend), 60000)")
            _ = gate.next()
            let error = await #expect(throws: PostgresError.self) { _ = try await unit.value }
            #expect(error?.sqlState == "42P01")
        }
    }

    @Test func `The host that was found the last time is tried first`() async throws {
        try await TestDatabase.with { (database) async throws in
            // Accepts, and hangs up at once.
            let broken = try Proxy(to: 1)
            defer { broken.close() }
            let proxy = try Proxy(to: database.configuration.hosts[0].port)
            var configuration = database.configuration
            configuration.hosts = [broken.port, proxy.port, database.configuration.hosts[0].port].map { PostgresHost(name: "127.0.0.1", port: $0) }
            let connector = Connector(configuration: configuration, logger: .quiet)
            #expect(try connector.connect().host == configuration.hosts[1])
            #expect(broken.connections.value == 1)
            let copy = connector
            #expect(try copy.connect().host == configuration.hosts[1])
            #expect(broken.connections.value == 1)
            // When it is gone, the others have their turn again, in order.
            proxy.close()
            #expect(try connector.connect().host == configuration.hosts[2])
            #expect(broken.connections.value == 2)
            #expect(try connector.connect().host == configuration.hosts[2])
            #expect(broken.connections.value == 2)
        }
    }

    @Test func `Who only reads leaves a server that turns read-only`() async throws {
        let first = try PrivateServer()
        let second = try PrivateServer()
        try first.start()
        try second.start()
        try await setReadOnly(second, "on")
        try await database(on: first, second).withClient({
            $0.pool.maximumConnections = 2
            $0.pool.keepAliveInterval = .milliseconds(100)
        }) { (client) async throws in
            #expect(try await client.first(Setting(name: "port")) == "\(first.port)")
            // A switchover in which neither server is restarted, so that the connections live on.
            try await setReadOnly(second, "off")
            try await setReadOnly(first, "on")
            let isThere = try await eventually { (try? await client.first(Setting(name: "port"))) == "\(second.port)" }
            #expect(isThere)
        }
    }

    @Test func `The listening session leaves a server that turns read-only, and wakes everybody`() async throws {
        let first = try PrivateServer()
        let second = try PrivateServer()
        try first.start()
        try second.start()
        try await setReadOnly(second, "on")
        let service = ListenService(
            configuration: database(on: first, second).configuration,
            logger: .quiet,
            heartbeatInterval: .milliseconds(100),
            heartbeatTimeout: .seconds(5)
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            var wakeups = service.subscribe("a").makeAsyncIterator()
            #expect(await wakeups.next() == .reconnected)
            try await database(on: first).execute("NOTIFY a")
            #expect(await wakeups.next() == .notified)
            // A switchover in which neither server is restarted, so that the session lives on.
            try await setReadOnly(second, "off")
            try await setReadOnly(first, "on")
            #expect(await wakeups.next() == .reconnected)
            try await database(on: second).execute("NOTIFY a")
            #expect(await wakeups.next() == .notified)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test func `A server is verified by its certificate and its name`() async throws {
        let server = try PrivateServer()
        try server.startWithTLS()
        func connect(_ host: String, _ change: (inout PostgresConfiguration) -> Void = { _ in }) throws -> ConnectionHandle {
            var configuration = server.configuration
            configuration.hosts = [PostgresHost(name: host, port: server.port)]
            configuration.sslMode = .verifyFull
            configuration.sslRootCertificate = server.certificate
            change(&configuration)
            return try Connector(configuration: configuration, logger: .quiet).connect()
        }
        let rows = try MigrationSession(try connect("127.0.0.1")).execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        #expect(rows == [["t"]])
        // The key of a cancel request would go in the clear.
        #expect(try connect("127.0.0.1").canceller == nil)
        #expect(try Connector(configuration: server.configuration, logger: .quiet).connect().canceller != nil)
        let name = #expect(throws: PostgresError.self) { try connect("localhost") }
        #expect(name?.message.contains("does not match host name") == true)
        let authority = #expect(throws: PostgresError.self) { try connect("127.0.0.1") { $0.sslRootCertificate = nil } }
        #expect(authority?.message.contains("certificate verify failed") == true)
    }

    @Test func `A server without TLS is refused where it must be verified`() async throws {
        let server = try PrivateServer()
        try server.start("-c listen_addresses=127.0.0.1")
        var configuration = server.configuration
        configuration.hosts = [PostgresHost(name: "127.0.0.1", port: server.port)]
        configuration.sslMode = .verifyFull
        let connector = Connector(configuration: configuration, logger: .quiet)
        let error = #expect(throws: PostgresError.self) { try connector.connect() }
        #expect(error?.message.contains("server does not support SSL") == true)
    }

    @Test func `Units over TLS arrive whole`() async throws {
        let server = try PrivateServer()
        try server.startWithTLS()
        var configuration = server.configuration
        configuration.hosts = [PostgresHost(name: "127.0.0.1", port: server.port)]
        configuration.sslMode = .verifyFull
        configuration.sslRootCertificate = server.certificate
        try await TestDatabase(configuration: configuration).withClient { (client) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for size in [1, 8_191, 16_384, 16_385, 100_000, 3_000_000] {
                    group.addTask {
                        let text = String(repeating: "x", count: size)
                        let answer = try await client.first(SameText(text: text))
                        #expect(answer == text)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

private struct SameText: Statement {
    static var sql: String { "SELECT $1::text" }
    let text: String

    func bind(into binder: inout Binder) { binder.append(text) }

    static func decode(_ row: RowView) throws(DecodeError) -> String { try row.decode(String.self, at: 0) }
}
