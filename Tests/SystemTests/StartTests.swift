import Deployment
import Domain
import Foundation
import TestSupport
import Testing

extension SystemTests {
    /// What an executable says, and does not do, where it cannot work.
    @Suite("Start")
    struct StartTests {
        struct Wrong: Sendable, CustomTestStringConvertible {
            let role: Role
            let changes: [String: String]
            let message: String

            var testDescription: String { message }
        }

        private static let wrong = [
            Wrong(role: .api, changes: ["DOCKET_API_PROT": "8080"], message: "environment: unknown key DOCKET_API_PROT"),
            Wrong(
                role: .api,
                changes: ["DOCKET_API_PORT": "http"],
                message: "environment: api.port must be a whole number from 0 to 65535, not \"http\""
            ),
            Wrong(role: .dispatcher, changes: ["DOCKET_DATABASE_URL": ""], message: "DOCKET_DATABASE_URL is not set"),
            Wrong(role: .courier, changes: ["DOCKET_MASTER_KEY": ""], message: "DOCKET_MASTER_KEY is not set"),
            Wrong(role: .api, changes: ["DOCKET_MASTER_KEY": ""], message: "DOCKET_MASTER_KEY is not set"),
            Wrong(role: .api, changes: ["DOCKET_MASTER_KEY": "abc"], message: "DOCKET_MASTER_KEY must be 64 hexadecimal digits"),
            Wrong(role: .scheduler, changes: ["DOCKET_CONFIG": "/nonexistent"], message: "/nonexistent: no such file"),
            Wrong(
                role: .api,
                changes: ["DOCKET_API_HOST": "256.1.1.1"],
                message: "DOCKET_API_HOST must be an address or a host name, not \"256.1.1.1\""
            ),
            Wrong(
                role: .dispatcher,
                changes: ["DOCKET_SQL_DIRECTORY": "/nonexistent"],
                message: "DOCKET_SQL_DIRECTORY: there is no folder migrations in /nonexistent"
            ),
        ]

        @Test("a wrong configuration: exit 2 and one sentence", arguments: wrong)
        func wrongConfiguration(_ wrong: Wrong) async throws {
            try await Self.withDesk { desk in
                let program = try await desk.start(wrong.role, changes: wrong.changes)
                #expect(try await program.ending() == .status(2))
                #expect(desk.log(wrong.role) == "docket: \(wrong.message)\n")
            }
        }

        @Test("a database URL that makes no sense is not repeated: it may hold a password")
        func wrongURL() async throws {
            try await Self.withDesk { desk in
                let program = try await desk.start(.scheduler, changes: ["DOCKET_DATABASE_URL": "mysql://root:hunter2@127.0.0.1/x"])
                #expect(try await program.ending() == .status(2))
                let log = desk.log(.scheduler)
                #expect(log.hasPrefix("docket: ") && log.count { $0 == "\n" } == 1)
                #expect(!log.contains("hunter2"))
            }
        }

        struct Refused: Sendable, CustomTestStringConvertible {
            let change: String
            let message: String

            var testDescription: String { message }
        }

        private static let refused = [
            Refused(
                change:
                    "INSERT INTO docket_meta.schema_migration SELECT 9999, 'later', checksum, applied_at FROM docket_meta.schema_migration LIMIT 1",
                message: "newer"
            ),
            Refused(change: "UPDATE docket_meta.schema_migration SET checksum = repeat('0', 64) WHERE version = 2", message: "changed"),
            Refused(
                change: "DELETE FROM docket_meta.schema_migration WHERE version = (SELECT max(version) FROM docket_meta.schema_migration)",
                message: "pending"
            ),
        ]

        @Test("another schema than its own is refused: exit 1", arguments: refused)
        func wrongSchema(_ refused: Refused) async throws {
            try await Self.withDesk { desk in
                try await desk.database.sql(refused.change)
                let program = try await desk.start(.dispatcher)
                #expect(try await program.ending() == .status(1))
                #expect(desk.log(.dispatcher).contains(refused.message), "\(desk.log(.dispatcher))")
            }
        }

        @Test("an old minor release of PostgreSQL is warned of at the start, and a new one is not")
        func oldServer() async throws {
            try await Self.withDesk { desk in
                let version = try await desk.database.number("SELECT current_setting('server_version_num')")
                try await desk.start(.dispatcher)
                try await desk.requireReady(.dispatcher)
                let log = desk.log(.dispatcher)
                #expect(log.contains("has known faults") == (ServerFacts.repairingRelease(of: version) != nil), "\(log)")
            }
        }

        @Test("a role that sees more than it should is refused: exit 2", arguments: ["postgres", "docket_migrate"])
        func wrongRole(role: String) async throws {
            try await Self.withDesk { desk in
                let program = try await desk.start(.dispatcher, changes: ["DOCKET_DATABASE_URL": desk.database.url(role: role)])
                #expect(try await program.ending() == .status(2))
                #expect(desk.log(.dispatcher).contains("refusing to run as"), "\(desk.log(.dispatcher))")
            }
        }

        @Test(
            "each executable refuses the role of every other one: exit 2 and a sentence that names both",
            .timeLimit(.minutes(2)),
            arguments: Role.allCases
        )
        func othersRole(role: Role) async throws {
            try await Self.withDesk { desk in
                for other in Role.allCases where other != role {
                    let program = try await desk.start(role, changes: ["DOCKET_DATABASE_URL": desk.database.url(role: "docket_\(other)")])
                    #expect(try await program.ending() == .status(2))
                    let sentence = "refusing to run as docket_\(other): docket-\(role) logs in as docket_\(role) (DOCKET_DATABASE_URL)"
                    #expect(desk.log(role).contains(sentence), "\(desk.log(role))")
                }
            }
        }

        @Test("--version: one line, and exit 0", arguments: ["docket"] + Role.allCases.map { "docket-\($0)" })
        func version(program: String) async throws {
            let log = FileManager.default.temporaryDirectory.appending(path: "docket-version-\(UUID().uuidString)").path(percentEncoded: false)
            defer { try? FileManager.default.removeItem(atPath: log) }
            let running = try await ServerProgram.start(program, arguments: ["--version"], environment: [:], log: log)
            #expect(try await running.ending() == .status(0))
            #expect(try String(contentsOfFile: log, encoding: .utf8) == "\(program) \(Release.version)\n")
        }

        @Test("each tells its version: in its first line, and as a metric")
        func toldVersion() async throws {
            try await Self.withDesk { desk in
                try await desk.startAll()
                for role in Role.allCases {
                    let line = try #require(desk.log(role).split(separator: "\n").first)
                    #expect(line.contains("\"version\":\"\(Release.version)\""), "\(line)")
                    let metrics = String(decoding: try await desk.client.get(desk.admin(role, "/metrics")).body, as: UTF8.self)
                    #expect(metrics.contains("\ndocket_build_info{version=\"\(Release.version)\"} 1\n"))
                }
            }
        }

        @Test("each is ready soon after its start")
        func ready() async throws {
            try await Self.withDesk { desk in
                for role in Role.allCases {
                    let start = ContinuousClock.now
                    try await desk.start(role)
                    try await desk.requireReady(role, within: .seconds(10))
                    print("docket-\(role) is ready after \(start.duration(to: .now))")
                }
            }
        }

        private static func withDesk(_ body: @escaping @Sendable (SystemDesk) async throws -> Void) async throws {
            try await TestDatabase.with { test in
                try await SystemDesk.with(try DeskDatabase(test), body)
            }
        }
    }
}
