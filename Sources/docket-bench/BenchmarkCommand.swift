import ArgumentParser

/// `docket-bench`: what the programs of scripts/bench.d cannot generate or measure fast enough themselves. No product executable.
@main
struct BenchmarkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docket-bench",
        abstract: "Load generators and floors for scripts/bench.",
        subcommands: [HTTPLoadCommand.self, BareClaimCommand.self, PostgresBenchmark.self]
    )
}
