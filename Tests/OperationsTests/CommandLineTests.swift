import Testing

@testable import Operations

@Suite("Command line")
struct CommandLineTests {
    @Test(
        "bad usage is exit status 2",
        arguments: [
            ["frobnicate"], ["calendar", "frobnicate"], ["calendar", "eval", "--unknown"], ["calendar", "eval", "extra"],
            ["route", "simulate", "--load", "1.5"], ["route", "simulate", "--load", "much"], ["route", "simulate", "--seeds", "0"],
            ["route", "simulate", "--tickets"],
        ]
    )
    func badUsage(arguments: [String]) async {
        #expect(await CommandLineEntry.run(arguments) == 2)
    }

    @Test("help is exit status 0", arguments: [["--help"], ["calendar", "eval", "--help"], ["route"], ["help", "route", "simulate"]])
    func help(arguments: [String]) async {
        #expect(await CommandLineEntry.run(arguments) == 0)
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
