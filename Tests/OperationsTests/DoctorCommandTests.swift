import Domain
import Foundation
import TestSupport
import Testing

@testable import Operations

/// `docket doctor` as a command: what it answers with, and how it ends.
@Suite("docket doctor")
struct DoctorCommandTests {
    /// A role's URL of a database on the tests' server.
    private func url(_ database: String, role: String = "docket_migrate", port: Int? = nil) throws -> String {
        let text = try #require(ProcessInfo.processInfo.environment["DOCKET_TEST_DATABASE_URL"])
        var components = try #require(URLComponents(string: text))
        components.user = role
        components.password = nil
        components.path = "/\(database)"
        if let port { components.port = port }
        return try #require(components.string)
    }

    /// Whether the server of a test is durable is its own affair.
    private func run(_ database: String, role: String = "docket_migrate", _ flags: String...) async throws -> Int32 {
        await CommandLineEntry.run(["doctor", "--skip", "settings", "--database-url", try url(database, role: role)] + flags)
    }

    @Test("0 where all is well, 1 where something is a problem, 0 again after a repair")
    func statuses() async throws {
        try await TestDatabase.with { database in
            let tenant = try await TestTenant.make(in: database)
            _ = try await tenant.addAgent(isOnline: false)
            #expect(try await run(database.name) == 0)
            #expect(try await run(database.name, "--json") == 0)
            try await database.sql("UPDATE docket.agent_load SET load = 3")
            #expect(try await run(database.name, "--json") == 1)
            #expect(try await run(database.name, "--skip", "agent_loads") == 0)
            #expect(try await run(database.name, "--skip", "agent_loads", "timers", "--json") == 0)
            #expect(try await run(database.name, "--skip", "timers", "--skip", "agent_loads") == 0)
            #expect(try await run(database.name, "--repair") == 0)
            #expect(try await run(database.name) == 0)
            #expect(try await database.sql("SELECT load FROM docket.agent_load") == [["0"]])
        }
    }

    @Test("A changed or pending migration is a problem")
    func schema() async throws {
        try await TestDatabase.with { database in
            try await database.sql("UPDATE docket_meta.schema_migration SET checksum = 'another' WHERE version = 3")
            #expect(try await run(database.name) == 1)
        }
        try await TestDatabase.with { database in
            try await database.sql("DELETE FROM docket_meta.schema_migration WHERE version = (SELECT max(version) FROM docket_meta.schema_migration)")
            #expect(try await run(database.name) == 1)
        }
    }

    @Test("1 where nothing can be examined: no database, another role, no schema; 2 where the URL is none")
    func refused() async throws {
        try await TestDatabase.with { database in
            #expect(try await run(database.name, role: "docket_api") == 1)
            try await database.sql("DROP SCHEMA docket CASCADE")
            #expect(try await run(database.name) == 1)
        }
        #expect(try await run("docket_no_such_database") == 1)
        let nowhere = try url("postgres", port: 1)
        #expect(await CommandLineEntry.run(["doctor", "--database-url", nowhere]) == 1)
        #expect(await CommandLineEntry.run(["doctor", "--database-url", "mysql://a@b/c"]) == 2)
    }

    @Test("2 for bad usage", arguments: [["--skip", "everything"], ["--histories", "-1"], ["--histories", "many"], ["extra"]])
    func usage(flags: [String]) async {
        #expect(await CommandLineEntry.run(["doctor"] + flags) == 2)
    }

    private static let report = DoctorReport(
        findings: [
            DoctorFinding(.server, .ok, "Fine.", numbers: [DoctorNumber("version", 150_018)]),
            DoctorFinding(.agentLoads, .problem, "Two agents.", numbers: [DoctorNumber("too_high", 2)], details: ["acme: agent"], advice: "Do it."),
        ],
        repairs: [DoctorRepair(.outbox, repaired: 4, "4 deliveries made due.")]
    )

    @Test("The table names what is wrong and what to do")
    func table() {
        #expect(
            Self.report.text == """
                repair   outbox           4 deliveries made due.

                ok       server           Fine.
                problem  agent_loads      Two agents.
                                          · acme: agent
                                          → Do it.

                1 ok, 0 warning, 1 problem
                """
        )
    }

    @Test("The object for programs")
    func object() throws {
        struct Report: Decodable {
            struct Finding: Decodable {
                var name: String
                var status: String
                var message: String
                var numbers: [String: Int]
                var details: [String]
                var advice: String
            }
            struct Repair: Decodable {
                var name: String
                var repaired: Int
                var complete: Bool
            }
            var status: String
            var findings: [Finding]
            var repairs: [Repair]
        }
        let text = try Self.report.json()
        #expect(!text.contains("\n"))
        let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
        #expect(report.status == "problem")
        #expect(report.findings.map(\.name) == ["server", "agent_loads"])
        #expect(report.findings[1].numbers == ["too_high": 2])
        #expect(report.findings[1].details == ["acme: agent"])
        #expect(report.findings[1].advice == "Do it.")
        #expect(report.repairs.first?.repaired == 4)
        #expect(report.repairs.first?.complete == true)
    }
}
