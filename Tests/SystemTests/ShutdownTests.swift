import Foundation
import NIOCore
import NIOPosix
import TestSupport
import Testing

extension SystemTests {
    /// SIGTERM drains; a second one does not wait (reliability.md 1).
    @Suite("Shutdown")
    struct ShutdownTests {
        @Test("SIGTERM: readiness goes first, the request in flight is answered, new ones are taken while the balancer looks, exit 0")
        func drain() async throws {
            try await Self.withDesk { desk in
                let program = try await desk.start(.api, changes: ["DOCKET_DRAIN_SECONDS": "2"])
                try await desk.requireReady(.api)
                let key = try await Self.key(on: desk)
                let body = #"{"subject":"in flight"}"#
                let head = "POST /v1/tickets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(key)\r\nContent-Type: application/json\r\n"
                let answer = try await Self.exchange(port: desk.port(.api), head + "Content-Length: \(body.utf8.count)\r\n\r\n") {
                    program.send(SIGTERM)
                    let isUnready = try await eventually(within: .seconds(2)) { await desk.readiness(.api) == 503 }
                    let newcomer = try await desk.client.get(desk.api + "/v1/tickets", bearer: key)
                    #expect(isUnready && newcomer.status == 200)
                    return body
                }
                #expect(answer.hasPrefix("HTTP/1.1 201"), "\(answer)")
                #expect(try await program.ending() == .status(0))
                #expect(try await desk.database.number("SELECT count(*) FROM docket.ticket WHERE subject = 'in flight'") == 1)
            }
        }

        @Test("SIGTERM ends each engine with exit 0", arguments: [Role.dispatcher, .scheduler, .courier])
        func engines(role: Role) async throws {
            try await Self.withDesk { desk in
                let program = try await desk.start(role)
                try await desk.requireReady(role)
                program.send(SIGTERM)
                #expect(try await program.ending() == .status(0), "\(desk.log(role).suffix(600))")
            }
        }

        @Test("a client that waits for news does not hold up the end")
        func waiting() async throws {
            try await Self.withDesk { desk in
                let program = try await desk.start(.api)
                try await desk.requireReady(.api)
                let key = try await Self.key(on: desk)
                async let feed = desk.client.get(desk.api + "/v1/events?wait=25", bearer: key, within: 40)
                let inFlight =
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%ticket_event%' AND usename = 'docket_api'"
                #expect(try await eventually(within: .seconds(5)) { try await desk.database.number(inFlight) > 0 })
                let asked = ContinuousClock.now
                program.send(SIGTERM)
                #expect(try await feed.status == 200)
                #expect(try await program.ending() == .status(0))
                #expect(asked.duration(to: .now) < .seconds(10))
            }
        }

        @Test("a second signal ends it at once")
        func second() async throws {
            try await Self.withDesk { desk in
                let program = try await desk.start(.api, changes: ["DOCKET_DRAIN_SECONDS": "60"])
                try await desk.requireReady(.api)
                program.send(SIGTERM)
                #expect(try await eventually(within: .seconds(5)) { await desk.readiness(.api) == 503 })
                let asked = ContinuousClock.now
                program.send(SIGTERM)
                #expect(try await program.ending() == .status(143))
                #expect(asked.duration(to: .now) < .seconds(5))
            }
        }

        @Test(
            "a second signal ends an engine at once, whichever it is, while that waits for what is under way",
            arguments: [(Role.dispatcher, "lanes_to_route"), (.scheduler, "tenants_due"), (.courier, "lanes_to_deliver")] as [(Role, String)],
            [SIGTERM, SIGINT]
        )
        func secondForEngines(engine: (role: Role, look: String), signal: Int32) async throws {
            try await Self.withDesk { desk in
                let program = try await desk.start(engine.role)
                try await desk.requireReady(engine.role)
                // From now on a look for work takes until the server ends it, and a drain waits for it.
                try await desk.database.sql(
                    """
                    DO $do$ BEGIN
                        EXECUTE (SELECT regexp_replace(pg_get_functiondef(oid), '\\$function\\$.*\\$function\\$',
                                '$function$ BEGIN PERFORM pg_sleep(3600); END $function$')
                            FROM pg_proc WHERE pronamespace = 'docket'::regnamespace AND proname = '\(engine.look)');
                    END $do$
                    """
                )
                let looking = """
                    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'docket_\(engine.role)' AND wait_event = 'PgSleep'
                        AND query LIKE '%\(engine.look)%'
                    """
                try #require(try await eventually(within: .seconds(20)) { try await desk.database.number(looking) > 0 })
                program.send(SIGTERM)
                try #require(try await eventually(within: .seconds(20)) { desk.log(engine.role).contains("\"draining\"") })
                program.send(signal)
                #expect(try await program.ending() == .status(143), "\(desk.log(engine.role).suffix(600))")
            }
        }

        private static func withDesk(_ body: @escaping @Sendable (SystemDesk) async throws -> Void) async throws {
            try await TestDatabase.with { test in
                try await SystemDesk.with(try DeskDatabase(test), body)
            }
        }

        private static func key(on desk: SystemDesk) async throws -> String {
            _ = try await desk.operate("tenant", "create", "one")
            return try await desk.operate("key", "create", "--tenant", "one")
        }

        /// Sends the beginning of a request, does something, sends the rest, and reads until the server closes.
        private static func exchange(port: Int, _ beginning: String, _ between: () async throws -> String) async throws -> String {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(5))
                .connect(host: "127.0.0.1", port: port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            return try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: beginning))
                try await outbound.write(ByteBuffer(string: try await between()))
                var answer = ""
                for try await part in inbound { answer += String(buffer: part) }
                return answer
            }
        }
    }
}
