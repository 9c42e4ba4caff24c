import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// What others do while a tenant is erased (docs/operations.md).
@Suite struct TenantErasureRaceTests {
    private struct Desk: Sendable {
        let database: TestDatabase
        let tenant: TestTenant
        let erasure: TenantErasure
        /// The tables as they are cleared.
        let order: [String]

        func create(by commands: TicketCommands) async throws {
            _ = try await commands.create(NewTicket(content: TicketContent(subject: "x"), priority: .p3), in: tenant.id, by: .system)
        }

        func suspend() async throws {
            try await database.sql("UPDATE docket.tenant SET active = false, suspended_at = docket.now() - interval '1 hour'")
        }

        /// The tables that still hold rows.
        func left() async throws -> [String] {
            var left: [String] = []
            for table in order where try await database.sql("SELECT 1 FROM \(table) LIMIT 1").isEmpty == false { left.append(table) }
            return left
        }

        /// Lets something happen when rows of a table are deleted, for the n-th time or each time, as somebody else might do it just then.
        func onDelete(from table: String, time: Int? = nil, do action: String) async throws {
            try await database.sql(
                """
                CREATE SEQUENCE public.times;
                CREATE FUNCTION public.meanwhile() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    IF \(time.map { "nextval('public.times') = \($0)" } ?? "true") THEN
                        \(action);
                    END IF;
                    RETURN NULL;
                END
                $$;
                CREATE TRIGGER meanwhile AFTER DELETE ON \(table) FOR EACH STATEMENT EXECUTE FUNCTION public.meanwhile();
                """
            )
        }

        /// Lets the body run while the erasing waits for the queue's lane, in the middle of a portion; then it goes on.
        func whileErasing(_ body: @Sendable () async throws -> Void) async throws -> [TenantErasure.Progress] {
            let erasing = try await holdingLane {
                let erasing = Task { try await erasure.erase(slug: "gone") }
                try await expectWaiting(1)
                try await body()
                return erasing
            }
            return try await erasing.value
        }

        func holdingLane<Outcome: Sendable>(_ body: @Sendable () async throws -> Outcome) async throws -> Outcome {
            try await database.withEnvironment(role: "docket_dispatcher", connections: 2) { dispatcher in
                var unit = TenantUnit(tenant.id)
                unit.add(TakeLane(tenant: tenant.id, queue: tenant.queue))
                return try await dispatcher.database.transaction(unit) { _, _ in try await body() }
            }
        }

        func expectWaiting(_ count: Int) async throws {
            let waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            try #require(try await eventually { try await database.sql(waiting).count == count }, "so many wait for the lane")
        }
    }

    private static func with(_ body: @Sendable (Desk, TicketCommands) async throws -> Void) async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database, slug: "gone")
            // Told of every event, so that there are rows which name no others.
            try await database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, event_types, created_at, updated_at)
                    VALUES ('\(tenant.id)', gen_random_uuid(), 'https://example.com/all', '\\x00', '{}', now(), now());
                """
            )
            try await database.withEnvironment { api in
                try await database.withClient(role: "docket_migrate", lockTimeout: .seconds(30)) { client in
                    let owner = Database(client: client)
                    let order = TenantErasure.childrenFirst(try await owner.tenantTables()).map(\.name)
                    let desk = Desk(database: database, tenant: tenant, erasure: TenantErasure(database: owner), order: order)
                    let commands = TicketCommands(environment: api)
                    // From now on the process knows the tenant and its configuration.
                    try await desk.create(by: commands)
                    try await desk.suspend()
                    try await body(desk, commands)
                }
            }
        }
    }

    @Test("What a process writes that still takes the tenant for one that is served goes, too: what names rows to be erased, and what names none")
    func lateRows() async throws {
        try await Self.with { desk, commands in
            let lane = try #require(desk.order.firstIndex(of: "docket.routing_lane"))
            for table in ["docket.outbox", "docket.routing_entry"] { #expect(desk.order[..<lane].contains(table), "it was cleared before") }
            let erased = try await desk.whileErasing { try await desk.create(by: commands) }
            #expect(erased.first { $0.table == "docket.ticket" }?.rows == 2)
            #expect(try await desk.left() == [])
            #expect(try await desk.database.sql("SELECT 1 FROM docket.tenant").isEmpty)
        }
    }

    @Test("Of two that erase a tenant at once one succeeds, and the other is told that it is gone")
    func twoAtOnce() async throws {
        try await Self.with { desk, _ in
            let both = try await desk.holdingLane {
                let both = (0..<2).map { _ in Task { try await desk.erasure.erase(slug: "gone") } }
                try await desk.expectWaiting(2)
                return both
            }
            var refusals: [TenantErasure.Refusal] = []
            for one in both {
                do { _ = try await one.value } catch let refusal as TenantErasure.Refusal { refusals.append(refusal) }
            }
            #expect(refusals == [.erasedMeanwhile])
            #expect(try await desk.database.sql("SELECT 1 FROM docket.tenant").isEmpty)
        }
    }

    @Test("Nobody lets a tenant go on while a portion of its rows is erased")
    func heldSuspended() async throws {
        try await Self.with { desk, _ in
            _ = try await desk.whileErasing {
                await #expect(throws: (any Error).self) {
                    try await desk.database.sql("SET lock_timeout = '100ms'; UPDATE docket.tenant SET active = true, suspended_at = NULL")
                }
            }
            #expect(try await desk.database.sql("SELECT 1 FROM docket.tenant").isEmpty)
        }
    }

    private static let resume = "UPDATE docket.tenant SET active = true, suspended_at = NULL"

    @Test("A tenant that somebody lets go on between two portions keeps what was not erased yet")
    func resumedMeanwhile() async throws {
        try await Self.with { desk, _ in
            try await desk.onDelete(from: "docket.routing_lane", time: 1, do: Self.resume)
            await #expect(throws: TenantErasure.Refusal.active) { try await desk.erasure.erase(slug: "gone") }
            #expect(try await desk.left().contains("docket.ticket"))
            #expect(try await desk.database.sql("SELECT active FROM docket.tenant") == [["t"]])
        }
    }

    @Test("A tenant that somebody lets go on before the last step stays, and whoever erases it is told")
    func resumedAtTheEnd() async throws {
        try await Self.with { desk, _ in
            let last = try #require(desk.order.last)
            #expect(try await !desk.left().contains(last))
            // The first round deletes something, the second nothing.
            try await desk.onDelete(from: last, time: 2, do: Self.resume)
            await #expect(throws: TenantErasure.Refusal.active) { try await desk.erasure.erase(slug: "gone") }
            #expect(try await desk.database.sql("SELECT active FROM docket.tenant") == [["t"]])
        }
    }

    @Test("A key that somebody makes before the last look, or after it, goes with the tenant", arguments: [2, 3])
    func lateKey(time: Int) async throws {
        try await Self.with { desk, _ in
            let key = """
                INSERT INTO docket.api_key (hash, id, tenant_id, name, prefix, last_four, scopes, created_at)
                    VALUES (sha256('late'), gen_random_uuid(), '\(desk.tenant.id)', 'late', 'x', 'late', '{}', docket.now())
                """
            try await desk.onDelete(from: try #require(desk.order.last), time: time, do: key)
            let erased = try await desk.erasure.erase(slug: "gone")
            #expect(erased.first { $0.table == "docket.api_key" }?.rows == 1)
            #expect(try await desk.left() == [])
            #expect(try await desk.database.sql("SELECT 1 FROM docket.tenant").isEmpty)
        }
    }

    @Test("What somebody began while the tenant had rows, and ends when it has none, is waited for and erased: also what he writes only then")
    func openTransaction() async throws {
        try await Self.with { desk, _ in
            try await desk.database.withEnvironment(connections: 1) { api in
                @Sendable func signal() -> SignalQueue { SignalQueue(tenant: desk.tenant.id, queue: desk.tenant.queue, id: api.identifiers.next()) }
                var unit = TenantUnit(desk.tenant.id)
                unit.add(LoadConfigurationVersion(tenant: desk.tenant.id))
                let erasing = try await api.database.transaction(unit) { transaction, _ in
                    let erasing = Task { try await desk.erasure.erase(slug: "gone") }
                    // Until it waits for this transaction. One that does not is done with it.
                    let waits = """
                        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND usename = 'docket_migrate' AND query LIKE '%virtualxid%'
                        """
                    let isOver = "SELECT 1 WHERE NOT EXISTS (SELECT FROM docket.tenant)"
                    try #require(
                        try await eventually {
                            let rows = try await desk.database.sql(waits) + desk.database.sql(isOver)
                            return !rows.isEmpty
                        }
                    )
                    try await transaction.run(signal())
                    return erasing
                }
                let erased = try await erasing.value
                #expect(erased.first { $0.table == "docket.routing_signal" }.map { $0.rows > 0 } == true)
                #expect(try await desk.left() == [])
            }
        }
    }

    @Test("Where somebody goes on writing, the erasing ends, and goes on when it is called again")
    func stillWritten() async throws {
        try await Self.with { desk, _ in
            let signal = "INSERT INTO docket.routing_signal SELECT '\(desk.tenant.id)', gen_random_uuid(), gen_random_uuid()"
            try await desk.onDelete(from: try #require(desk.order.last), do: signal)
            await #expect(throws: TenantErasure.Refusal.stillWritten) { try await desk.erasure.erase(slug: "gone") }
            #expect(try await desk.database.sql("SELECT active FROM docket.tenant") == [["f"]])
            try await desk.database.sql("DROP TRIGGER meanwhile ON \(try #require(desk.order.last))")
            _ = try await desk.erasure.erase(slug: "gone")
            #expect(try await desk.left() == [])
        }
    }
}
