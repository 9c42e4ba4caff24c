import Foundation
import Postgres
import TestSupport
import Testing

@testable import Deployment

extension SystemTests {
    /// PostgreSQL ends as in a crash and recovers, under load: the executables reconnect by themselves, and nothing is lost or done twice.
    @Suite("PostgreSQL restarted")
    struct RestartTests {
        private static let crashes = 2

        @Test("in immediate mode, under load")
        func restart() async throws {
            let seed = UInt64.random(in: 0...UInt64.max)
            print("restart: seed \(seed)")
            let directory = FileManager.default.temporaryDirectory.appendingPathComponent("docket-restart-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let server = try await EmbeddedPostgres.prepare(.init(directory: directory), logger: TestServer.logger)
            try await server.withServer { address in
                let superuser = try Self.configuration(address)
                let sql = try SQLDirectory()
                _ = try await DevelopmentDatabase.prepare(superuser: superuser, hasTestClock: true, sql: sql, logger: TestServer.logger)
                let database = DeskDatabase(superuser, password: address.password)
                try await WebhookReceiver.with { receiver, url in
                    try await SystemDesk.with(database) { try await Self.run(on: $0, server, receiver, url, seed: seed) }
                }
            }
        }

        private static func run(on desk: SystemDesk, _ server: EmbeddedPostgres, _ receiver: WebhookReceiver, _ url: String, seed: UInt64)
            async throws
        {
            try await desk.startAll()
            let before = try Role.allCases.map { try desk.program($0).pid }
            let tenants = [try await DeskTenant.make("one", on: desk, webhook: url)]
            let load = DeskLoad(tenants: tenants, seed: seed)
            try await load.run {
                for crash in 0..<crashes {
                    try await Task.sleep(for: .milliseconds(1_000))
                    try await self.crash(server, desk)
                    let (accepts, arrivals) = (ContinuousClock.now, receiver.counts.count)
                    let proof = DeskProof(desk: desk, tenant: tenants[0], receiver: receiver)
                    let ticket = try #require(try await load.create("after-\(crash)", for: tenants[0]))
                    // Its warning is due after a second.
                    for role in Role.allCases {
                        try await proof.require(role, for: ticket, arrivals: arrivals, after: "PostgreSQL accepts connections", at: accepts)
                    }
                }
            }
            // What was claimed when the connection was lost is free when its lease ends; the promises of all that is open end, too.
            try await desk.database.sql("SELECT docket.advance_test_clock(40)")
            try await DeskInvariants.settle(desk.database)
            try await DeskInvariants.check(desk.database)
            try await DeskInvariants.check(receiver, tenants: tenants, desk.database)
            try await DeskInvariants.check(load, on: desk)
            let after = try Role.allCases.map { try desk.program($0).pid }
            #expect(after == before)
            for role in Role.allCases { try await desk.requireReady(role) }
        }

        /// An immediate shutdown, and the wait until connections are accepted again.
        private static func crash(_ server: EmbeddedPostgres, _ desk: SystemDesk) async throws {
            let postmaster = try #require(try server.postmaster())
            #expect(kill(postmaster, SIGQUIT) == 0)
            let isBack = try await eventually {
                guard let next = try server.postmaster(), next != postmaster else { return false }
                return (try? await desk.database.number("SELECT 1")) == 1
            }
            try #require(isBack)
        }

        private static func configuration(_ address: EmbeddedPostgres.Address) throws -> PostgresConfiguration {
            try PostgresConfiguration(url: address.url(database: DevelopmentDatabase.name))
        }
    }
}

extension EmbeddedPostgres {
    /// The postmaster's process id, as its pid file tells it; nil while there is none.
    fileprivate func postmaster() throws -> pid_t? {
        try SystemCalls.readFile(directory.pidFile)?.split(separator: "\n").first.flatMap { pid_t($0) }
    }
}
