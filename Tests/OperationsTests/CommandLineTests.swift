import ArgumentParser
import Deployment
import Domain
import Postgres
import Store
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
            ["route", "simulate", "--tickets"], ["route", "simulate", "--load", "0.5", "--arrivals-per-hour", "60"],
            ["route", "simulate", "--arrivals-per-hour", "1000"], ["route", "simulate", "--agents", "0"],
            ["route", "simulate", "--handling-mean-s", "0"], ["route", "simulate", "--targets", "1,2,3"],
            ["route", "simulate", "--targets", "1,2,3,x"], ["route", "simulate", "--day", "x.csv", "--tickets", "5"],
            ["route", "simulate", "--handling", "log"], ["route", "simulate", "--day", "x.csv", "--handling", "guessed"],
            [], ["route"], ["tenant"], ["key"], ["dev", "--port", "99999"], ["dev", "--dispatchers", "65"],
            ["tenant", "list", "--database-url", "mysql://x@y/z"], ["tenant", "list", "--database-url", "postgres://"],
            ["tenant", "list"], ["migrate", "status", "--database-url", "nonsense"],
            ["key", "create", "--tenant", "a", "--priority-floor", "P5", "--database-url", "postgres://a@b/c"],
            ["key", "create", "--tenant", "a", "--queue", "no-id", "--database-url", "postgres://a@b/c"],
            ["key", "create", "--tenant", "a", "--expires", "soon", "--database-url", "postgres://a@b/c"],
            ["key", "revoke", "--tenant", "a", "no-id", "--database-url", "postgres://a@b/c"],
            ["sla", "explain", "a", "1", "--database-url", "postgres://a@b/c"],
            ["sla", "explain", "--tenant", "a", "--ticket", "0", "--database-url", "postgres://a@b/c"], ["tenant", "suspend"],
        ]
    )
    func badUsage(arguments: [String]) async {
        #expect(await CommandLineEntry.run(arguments) == 2)
    }

    @Test("a setting that there is not is refused, also where the database is named by a flag")
    func unknownSettings() throws {
        let database = try OperatorDatabase.parse(["--database-url", "postgres://a@b/c"])
        #expect(try database.configuration(environment: ["DOCKET_LOG_LEVEL": "debug", "HOME": "/"]).user == "a")
        for environment in [["DOCKET_DATABSE_URL": "postgres://d@e/f"], ["DOCKET_LOG_LEVEL": "loud"], ["DOCKET_CONFIG": "/nowhere/docket.json"]] {
            #expect(throws: ConfigurationError.self) { try database.configuration(environment: environment) }
        }
    }

    @Test(
        "help and the version are exit status 0",
        arguments: [["--help"], ["calendar", "eval", "--help"], ["help", "route", "simulate"], ["--version"]]
    )
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
            #expect(await run("key", "create", "--tenant", "good", "--expires", "2020-01-01T00:00:00Z") == 2)
            #expect(await run("key", "create", "--tenant", "good", "--expires", "2999-01-01T00:00:00Z") == 0)
            #expect(try await database.sql("SELECT name, expires_at AT TIME ZONE 'UTC' FROM docket.api_key") == [["key", "2999-01-01 00:00:00"]])
            let unknown = "00000000-0000-7000-8000-000000000001"
            #expect(await run("key", "create", "--tenant", "good", "--agent", unknown) == 1)
            #expect(await run("key", "create", "--tenant", "good", "--queue", unknown) == 1)
            #expect(await run("key", "create", "--tenant", "good", "--queue", unknown, "--name", " ") == 2)
            #expect(await run("key", "list", "--tenant", "good") == 0)
            #expect(await run("sla", "explain", "--tenant", "good", "--ticket", "1") == 1)
            for (command, active) in [("suspend", "f"), ("suspend", "f"), ("resume", "t"), ("resume", "t")] {
                #expect(await run("tenant", command, "good") == 0)
                #expect(try await database.sql("SELECT active FROM docket.tenant") == [[active]])
            }
            #expect(await run("tenant", "suspend", "nobody") == 1)
            #expect(await run("key", "revoke", "--tenant", "good", "00000000-0000-7000-8000-000000000001") == 1)
            #expect(await run("key", "revoke", "--tenant", "nobody", "00000000-0000-7000-8000-000000000001") == 1)
        }
    }

    @Test("an error is told in its own words, without its name in the code")
    func sentences() {
        let refused = PostgresError(.connectFailed, "connection to server failed: Connection refused")
        #expect(CommandLineEntry.sentence(of: refused) == refused.message)
        #expect(CommandLineEntry.sentence(of: PostgresError(.server, "permission denied", sqlState: "42501")) == "permission denied (42501)")
        #expect(CommandLineEntry.sentence(of: StoreError.unavailable(refused)) == "the database cannot answer: \(refused.message)")
        #expect(CommandLineEntry.sentence(of: CommandFailure("no such file")) == "no such file")
    }

    @Test("a small simulation runs")
    func simulate() async {
        #expect(await CommandLineEntry.run(["route", "simulate", "--seeds", "1", "--tickets", "50", "--json"]) == 0)
    }

    @Test("a recorded day is played as the replay reads it; a file that is none is bad usage")
    func simulateDay() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("day.csv", IncidentSample.text)
        #expect(await CommandLineEntry.run(["route", "simulate", "--day", file, "--seeds", "2"]) == 0)
        #expect(await CommandLineEntry.run(["route", "simulate", "--day", file, "--agents", "2", "--handling-mean-s", "1800", "--json"]) == 0)
        #expect(await CommandLineEntry.run(["route", "simulate", "--day", file + ".none"]) == 2)
        #expect(await CommandLineEntry.run(["route", "simulate", "--day", file, "--handling", "drawn", "--seeds", "1"]) == 0)
        let wrong = try directory.write("wrong.csv", "no,incidents\n1,2\n")
        #expect(await CommandLineEntry.run(["route", "simulate", "--day", wrong]) == 2)
    }

    @Test("a queue of one's own is played as the API gives it; a file that is none is bad usage")
    func simulateQueue() async throws {
        let directory = try TemporaryDirectory()
        let file = try directory.write("queue.json", #"{"mode":"best_skill","steps":[{"after":60,"drop_from":2}],"strict":true}"#)
        #expect(await CommandLineEntry.run(["route", "simulate", "--queue", file, "--seeds", "1", "--tickets", "50"]) == 0)
        let wrong = try directory.write("wrong.json", #"{"mode":"fastest"}"#)
        #expect(await CommandLineEntry.run(["route", "simulate", "--queue", wrong, "--tickets", "50"]) == 2)
        let steps = try directory.write("steps.json", #"{"steps":[{"after":60,"drop_from":2},{"after":60,"tier":1}]}"#)
        #expect(await CommandLineEntry.run(["route", "simulate", "--queue", steps, "--tickets", "50"]) == 2)
        #expect(await CommandLineEntry.run(["route", "simulate", "--queue", file + ".none"]) == 2)
    }

    @Test("the simulation's tables name every rule and priority, with intervals")
    func simulationText() throws {
        let scenario = try #require(SimulationScenario.generated(load: 0.8, tickets: 200))
        let text = RouteSimulationText.render(try #require(RouteSimulation(scenario, seeds: 2)).run())
        let lines = text.split(separator: "\n")
        #expect(lines.count == 1 + 5 + 17)
        #expect(lines[0] == "20 agents, load 0.80, 96.0 tickets an hour, 600.0 s of work each; 200 tickets, 2 times")
        #expect(lines[2].hasPrefix("balanced ") && lines[2].contains(" ± "))
        #expect(Set(lines[1...5].map(\.count)).count == 1 && Set(lines[6...].map(\.count)).count == 1, "columns are aligned")
        #expect(RouteSimulationText.decimal(0.99996, places: 4) == "1.0000" && RouteSimulationText.decimal(12.04, places: 1) == "12.0")
    }

    @Test("tables align")
    func table() {
        #expect(TextTable.render([["rule", "x"], ["a", "100"]]) == "rule    x\na     100")
    }
}
