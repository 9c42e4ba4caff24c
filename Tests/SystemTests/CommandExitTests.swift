import Foundation
import Postgres
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
                let folder = FileManager.default.temporaryDirectory.appending(path: "docket-clock-\(UUID().uuidString)").path(percentEncoded: false)
                let log = folder + ".log"
                defer {
                    try? FileManager.default.removeItem(atPath: folder)
                    try? FileManager.default.removeItem(atPath: log)
                }
                let program = try await ServerProgram.start(
                    "docket",
                    arguments: ["dev", "--data", folder, "--port", "0", "--admin-port", "0", "--test-clock"]
                        + ["--database-url", desk.url(role: desk.superuser.user)],
                    environment: [:],
                    log: log
                )
                #expect(try await program.ending() == .status(1))
                let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
                #expect(lines.last == "docket: the database was not made with a test clock; its time cannot be moved", "\(lines)")
            }
        }
    }
}
