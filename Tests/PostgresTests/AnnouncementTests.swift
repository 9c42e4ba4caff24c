import TestSupport
import Testing

@testable import Postgres

/// Units whose commit wakes listeners.
@Suite(.timeLimit(.minutes(2))) struct AnnouncementTests {
    /// Runs `body` with a client, its notifier, and how often each of the channels was heard on the client's own thread.
    private func withListener(
        _ database: TestDatabase,
        mode: UnitMode,
        burst: Int = 10,
        _ body: @escaping @Sendable (PostgresClient, Notifier, [String: Counter]) async throws -> Void
    ) async throws {
        try await database.withClient({ $0.unitMode = mode }) { (client) async throws in
            let heard = ["a": Counter(), "b": Counter()]
            let service = ListenService(configuration: database.configuration, client: client, logger: .quiet)
            let notifier = Notifier(client: client, logger: .quiet, interval: .milliseconds(50), burst: burst)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let listening = Counter()
                for (channel, counter) in heard {
                    let wakeups = service.subscribe(channel)
                    group.addTask { for await wakeup in wakeups { _ = wakeup == .notified ? counter.next() : listening.next() } }
                }
                group.addTask { try await notifier.run() }
                let running = Task { try await service.run() }
                let isListening = try await eventually { listening.value == heard.count }
                #expect(isListening)
                try await body(client, notifier, heard)
                running.cancel()
                try await running.value
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: UnitMode.allCases)
    func `A commit wakes the listeners of its channels`(mode: UnitMode) async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute("CREATE TABLE item (id int8 PRIMARY KEY, name text)")
            try await withListener(database, mode: mode) { client, notifier, heard in
                for id in 1...3 {
                    let result = try await client.run(PostgresUnit(Insert(id: id)), announcing: ["a"], by: notifier)
                    #expect(result.affected(Handle<Insert>(index: 0)) == 1)
                    let isHeard = try await eventually { heard["a"]?.value == id }
                    #expect(isHeard)
                }
                #expect(heard["b"]?.value == 0)
            }
        }
    }

    @Test(arguments: UnitMode.allCases)
    func `A unit that fails is told so, and leaves the connection as it was`(mode: UnitMode) async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute("CREATE TABLE item (id int8 PRIMARY KEY, name text)")
            try await withListener(database, mode: mode) { client, notifier, _ in
                _ = try await client.run(PostgresUnit(Insert(id: 1)))
                for _ in 1...3 {
                    let error = await #expect(throws: PostgresError.self) {
                        try await client.run(PostgresUnit(Insert(id: 1)), announcing: ["a", "b"], by: notifier)
                    }
                    #expect(error?.isUniqueViolation == true)
                    #expect(try await client.first(CountItems()) == 1)
                }
                try await client.transaction(first: PostgresUnit(Insert(id: 2))) { _, _ in }
                #expect(try await client.first(CountItems()) == 2)
            }
        }
    }

    /// As the server does where its queue of notifications is full: the commit fails, with 54000. The first one does here, whatever it holds.
    @Test(arguments: UnitMode.allCases)
    func `A unit that cannot carry a wake-up is run without`(mode: UnitMode) async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.execute(
                """
                CREATE TABLE item (id int8 PRIMARY KEY, name text); CREATE SEQUENCE attempt;
                CREATE FUNCTION refuse_first() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN IF nextval('attempt') = 1 THEN RAISE EXCEPTION 'full' USING ERRCODE = '54000'; END IF; RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER refuse_first AFTER INSERT ON item DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_first()
                """
            )
            try await withListener(database, mode: mode) { client, notifier, heard in
                _ = try await client.run(PostgresUnit(Insert(id: 1)), announcing: ["a"], by: notifier)
                #expect(try await client.first(CountItems()) == 1)
                _ = try await client.run(PostgresUnit(Insert(id: 2)), announcing: ["b"], by: notifier)
                let isHeard = try await eventually { heard["b"]?.value == 1 }
                #expect(isHeard)
                #expect(heard["a"]?.value == 0)
            }
        }
    }

    /// The server commits units that carry wake-ups one after the other: beyond a few at a time, the notifier sends them after the commit.
    @Test func `Units beyond a few at a time leave their wake-ups to the notifier`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await withListener(database, mode: .implicit) { client, notifier, heard in
                let now = Monotonic.now()
                for _ in 0..<WakeUpCarriers.maximum { #expect(notifier.reserve(["a"], at: now) == ["a"]) }
                #expect(notifier.reserve(["a"], at: now).isEmpty)
                _ = try await client.run(PostgresUnit(One()), announcing: ["a"], by: notifier)
                let isHeard = try await eventually { heard["a"]?.value == 1 }
                #expect(isHeard)
            }
        }
    }

    /// What the allowance does not cover goes out later, once for all of it.
    @Test func `A flood is coalesced and its end is heard`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await withListener(database, mode: .implicit, burst: 1) { client, notifier, heard in
                for _ in 1...20 { _ = try await client.run(PostgresUnit(One()), announcing: ["a"], by: notifier) }
                let before = try #require(heard["a"]?.value)
                let isHeard = try await eventually { (heard["a"]?.value ?? 0) >= 2 }
                #expect(isHeard, "\(before) at the end of the flood")
                #expect((heard["a"]?.value ?? 0) < 20)
            }
        }
    }

    /// A task that prefers the client's executor stays on its thread, also after it has waited for answers and slept.
    @Test func `Tasks run on the thread that talks to the server`() async throws {
        try await TestDatabase.with { (database) async throws in
            try await database.withClient { (client) async throws in
                try await withTaskExecutorPreference(client.executor) {
                    for _ in 1...3 {
                        #expect(client.reactor.isIsolatingCurrentContext() == true)
                        #expect(try await client.first(One()) == 1)
                        try await Task.sleep(for: .milliseconds(1))
                    }
                    let count = try await client.transaction(first: PostgresUnit(One())) { transaction, _ in
                        #expect(client.reactor.isIsolatingCurrentContext() == true)
                        return try await transaction.run(PostgresUnit(One())).affected(Handle<One>(index: 0))
                    }
                    #expect(count == 1)
                }
                #expect(client.reactor.isIsolatingCurrentContext() == false)
            }
        }
    }
}
