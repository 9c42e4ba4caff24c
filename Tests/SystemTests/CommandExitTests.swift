import Foundation
import Postgres
import Subprocess
import SystemPackage
import TestSupport
import Testing

extension SystemTests {
    /// How commands end that use the database.
    @Suite("Command exit")
    struct CommandExitTests {
        @Test("60 runs of a command, 12 at a time: each ends with 0, and none without its output", .timeLimit(.minutes(3)))
        func listTenants() async throws {
            try await TestDatabase.with { database in
                _ = try await TestTenant.make(in: database)
                let desk = try DeskDatabase(database)
                let url = desk.url(role: desk.superuser.user)
                let folder = FileManager.default.temporaryDirectory.appending(path: "docket-exit-\(UUID().uuidString)")
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                defer { try? FileManager.default.removeItem(at: folder) }
                for _ in 0..<5 {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<12 {
                            group.addTask {
                                let log = folder.appending(path: UUID().uuidString).path(percentEncoded: false)
                                let program = try await ServerProgram.start(
                                    "docket",
                                    arguments: ["tenant", "list", "--database-url", url],
                                    environment: [:],
                                    log: log
                                )
                                #expect(try await program.ending() == .status(0))
                                let output = try String(contentsOfFile: log, encoding: .utf8)
                                #expect(output.hasPrefix("slug") && output.count { $0 == "\n" } >= 2, "\(output)")
                            }
                        }
                        try await group.waitForAll()
                    }
                }
            }
        }

        @Test(
            "In silence by SIGPIPE where the reader has gone, also where that signal is ignored; what failed by itself keeps its status",
            arguments: ["openapi": 141, "sla eval": 141, "--help": 141, "replay incidents": 2],
            [false, true]
        )
        func readerGone(command: (key: String, value: Int32), ignoresSignal: Bool) async throws {
            let (reading, writing) = try FileDescriptor.pipe()
            try reading.close()
            let script = (ignoresSignal ? "trap '' PIPE; " : "") + #"printf 'x\n' | "$0" "$@""#
            let result = try await Subprocess.run(
                .path("/bin/sh"),
                arguments: Arguments(["-c", script, ServerProgram.folder + "/docket"] + command.key.split(separator: " ").map(String.init)),
                input: .none,
                output: .fileDescriptor(writing, closeAfterSpawningProcess: true),
                error: .string(limit: 65_536)
            )
            #expect(result.terminationStatus == .exited(command.value))
            #expect((result.standardError == "") == (command.value == 141), "\(result.standardError)")
        }

        @Test(
            "1 where the output cannot be written: on a full disk a new key is lost",
            arguments: [["openapi"], ["key", "create", "--tenant", "acme"], ["tenant", "list"]]
        )
        func fullDisk(arguments: [String]) async throws {
            try await TestDatabase.with { database in
                _ = try await TestTenant.make(in: database, slug: "acme")
                let desk = try DeskDatabase(database)
                let url = arguments == ["openapi"] ? [] : ["--database-url", desk.url(role: desk.superuser.user)]
                let program = try await ServerProgram.start("docket", arguments: arguments + url, environment: [:], log: "/dev/full")
                #expect(try await program.ending() == .status(1))
                let well = try await ServerProgram.start("docket", arguments: arguments + url, environment: [:], log: "/dev/null")
                #expect(try await well.ending() == .status(0))
            }
        }

        @Test("1 and one sentence where time is to be moved in a database that was made without a test clock")
        func noTestClock() async throws {
            try await TestDatabase.with { database in
                let desk = try DeskDatabase(database)
                let (status, lines) = try await Self.run([
                    "dev", "--port", "0", "--admin-port", "0", "--test-clock", "--database-url", desk.url(role: desk.superuser.user),
                ])
                #expect(status == .status(1))
                #expect(lines.last == "docket: the database was not made with a test clock; its time cannot be moved", "\(lines)")
            }
        }

        @Test("1 and one sentence with the address where a port is taken")
        func takenPort() async throws {
            try await TestDatabase.with { database in
                let desk = try DeskDatabase(database)
                try await WebhookReceiver.with { _, url in
                    let port = try #require(URL(string: url)?.port)
                    let (status, lines) = try await Self.run([
                        "dev", "--port", "\(port)", "--admin-port", "0", "--database-url", desk.url(role: desk.superuser.user),
                    ])
                    #expect(status == .status(1))
                    #expect(lines.last == "docket: 127.0.0.1:\(port) is taken: something listens there already", "\(lines)")
                }
            }
        }

        @Test("1 and nothing but one sentence where the database cannot be reached", arguments: [["tenant", "list"], ["migrate", "status"]])
        func noDatabase(arguments: [String]) async throws {
            // The lowest port, at which nobody listens.
            let (status, lines) = try await Self.run(arguments + ["--database-url", "postgres://docket_migrate@127.0.0.1:1/docket"])
            #expect(status == .status(1))
            #expect(lines.count == 1 && lines.first?.hasPrefix("docket: ") == true, "\(lines)")
            #expect(lines.first?.contains("connectFailed") == false)
        }

        @Test(
            "1 and one sentence that names `docket migrate up` where no migration has run",
            arguments: [
                ["tenant", "list"], ["tenant", "create", "acme"], ["tenant", "erase", "acme", "--confirm", "acme"],
                ["key", "list", "--tenant", "acme"],
                ["oncall", "--tenant", "acme"], ["sla", "remeasure"], ["deliveries", "list", "--tenant", "acme"], ["doctor"],
            ]
        )
        func noSchema(arguments: [String]) async throws {
            try await TestDatabase.with { database in
                try await database.sql("DROP SCHEMA docket CASCADE; DROP SCHEMA docket_meta CASCADE")
                let url = try DeskDatabase(database).url(role: "docket_migrate")
                let (status, lines) = try await Self.run(arguments + ["--database-url", url])
                #expect(status == .status(1))
                #expect(lines.count == 1 && lines.first?.hasPrefix("docket: the database has no tables of Docket") == true, "\(lines)")
                #expect(lines.first?.hasSuffix("run `docket migrate up`") == true)
            }
        }

        @Test("2 and nothing but one sentence where the folder of migrations is not where it should be")
        func noFolder() async throws {
            let (status, lines) = try await Self.run(
                ["migrate", "status", "--database-url", "postgres://docket_migrate@127.0.0.1:1/docket"],
                settings: ["DOCKET_SQL_DIRECTORY": "/nonexistent"]
            )
            #expect(status == .status(2))
            #expect(lines == ["docket: DOCKET_SQL_DIRECTORY: there is no folder migrations in /nonexistent"])
        }

        @Test("2 and nothing but one sentence where the database's URL is none")
        func wrongURL() async throws {
            let (status, lines) = try await Self.run(["tenant", "list", "--database-url", "mysql://root@127.0.0.1/x"])
            #expect(status == .status(2))
            #expect(lines == ["docket: a database URL starts with postgres://"])
        }

        /// Runs `docket` to its end in a folder of its own, and reads all that it wrote.
        private static func run(_ arguments: [String], settings: [String: String] = [:]) async throws -> (ServerProgram.Ending, [String]) {
            let folder = FileManager.default.temporaryDirectory.appending(path: "docket-exit-\(UUID().uuidString)").path(percentEncoded: false)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let log = folder + "/log"
            let data = arguments.first == "dev" ? ["--data", folder + "/data"] : []
            let environment = ProcessInfo.processInfo.environment.filter { ["PATH", "DOCKET_SQL_DIRECTORY"].contains($0.key) }
                .merging(settings) { $1 }
            let program = try await ServerProgram.start("docket", arguments: arguments + data, environment: environment, log: log)
            let ending = try await program.ending()
            return (ending, try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init))
        }
    }
}
