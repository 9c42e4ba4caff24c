import TestSupport
import Testing

@testable import Operations

@Suite("Command line")
struct CommandLineTests {
    @Test(
        "bad usage is exit status 2",
        arguments: [
            ["frobnicate"], ["calendar", "frobnicate"], ["calendar", "eval", "--unknown"], ["calendar", "eval", "extra"],
            ["route", "simulate", "--load", "1.5"], ["route", "simulate", "--load", "much"], ["route", "simulate", "--seeds", "0"],
            ["route", "simulate", "--tickets"], [], ["route"], ["tenant"], ["key"], ["dev", "--port", "99999"], ["dev", "--dispatchers", "65"],
            ["tenant", "list", "--database-url", "mysql://x@y/z"], ["tenant", "list", "--database-url", "postgres://"],
            ["tenant", "list"], ["migrate", "status", "--database-url", "nonsense"],
            ["key", "revoke", "--tenant", "a", "no-id", "--database-url", "postgres://a@b/c"],
        ]
    )
    func badUsage(arguments: [String]) async {
        #expect(await CommandLineEntry.run(arguments) == 2)
    }

    @Test("help is exit status 0", arguments: [["--help"], ["calendar", "eval", "--help"], ["help", "route", "simulate"]])
    func help(arguments: [String]) async {
        #expect(await CommandLineEntry.run(arguments) == 0)
    }

    @Test("what is wrong with the arguments is 2, what the database does not have is 1")
    func operatorCommands() async throws {
        try await TestDatabase.with { database in
            let url = try TestServer.url(database: database.name)
            func run(_ arguments: String...) async -> Int32 { await CommandLineEntry.run(arguments + ["--database-url", url]) }
            #expect(await run("tenant", "create", "Bad Slug") == 2)
            #expect(await run("tenant", "create", "good") == 0)
            #expect(await run("tenant", "create", "good") == 1)
            #expect(await run("key", "create", "--tenant", "good", "--name", " ") == 2)
            #expect(await run("key", "revoke", "--tenant", "good", "00000000-0000-7000-8000-000000000001") == 1)
            #expect(await run("key", "revoke", "--tenant", "nobody", "00000000-0000-7000-8000-000000000001") == 1)
        }
    }

    @Test("a small simulation runs")
    func simulate() async {
        #expect(await CommandLineEntry.run(["route", "simulate", "--seeds", "1", "--tickets", "50", "--json"]) == 0)
    }

    @Test("tables align")
    func table() {
        #expect(TextTable.render([["rule", "x"], ["a", "100"]]) == "rule    x\na     100")
    }
}
