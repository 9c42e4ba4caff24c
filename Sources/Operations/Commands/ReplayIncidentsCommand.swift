import ArgumentParser
import Domain
import Glibc

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `docket replay incidents`.
struct ReplayIncidentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incidents",
        abstract: "Replays an incident log through the API and prints a JSON summary.",
        discussion: "Exit status 1 where not every incident could be created."
    )

    @Option(help: "The log: CSV with a header; ? is unknown, times are day-month-year hour:minute.")
    var file: String

    @Option(help: "The API's address, http://127.0.0.1:8080 for example.")
    var api: String

    @Option(help: "An API key of the tenant.")
    var key: String

    @Option(help: "max, or how many times as fast as it was, 0.001 to 1000000000.")
    var speed = "max"

    @Flag(name: .customLong("agents-from-log"), help: "First make the groups, agents, skills, queue and targets that the log speaks of.")
    var agentsFromLog = false

    func validate() throws {
        guard ReplayPace(speed) != nil else { throw ValidationError("--speed must be max or a number from 0.001 to 1000000000.") }
        guard Self.base(api) != nil else { throw ValidationError("--api must be an http or https address without a query.") }
        guard !key.isEmpty, key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ValidationError("--key must be an API key.")
        }
    }

    func run() async throws {
        guard let pace = ReplayPace(speed), let base = Self.base(api) else { return }
        let log = try IncidentLogFile.read(file)
        let run = UUID().uuidString.lowercased()
        let summary = try await ReplayClient.with(base: base, key: key) { client in
            try await IncidentReplay(client: client, log: log, pace: pace, makesTeam: agentsFromLog, run: run).perform()
        }
        print(try summary.json())
        fflush(nil)
        guard summary.isComplete else {
            throw CommandFailure("\(summary.incidents - summary.created) of \(summary.incidents) incidents were not created")
        }
    }

    /// The address without slashes at its end, or nil where it is none.
    private static func base(_ text: String) -> String? {
        var text = text[...]
        while text.last == "/" { text.removeLast() }
        guard let url = URL(string: String(text)), url.scheme == "http" || url.scheme == "https", url.host?.isEmpty == false,
            url.query == nil, url.fragment == nil, url.user == nil
        else { return nil }
        return String(text)
    }
}
