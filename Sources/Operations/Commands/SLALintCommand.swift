import ArgumentParser
import Deployment
import Domain

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `docket sla lint`.
struct SLALintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Looks for contradictions in SLA policies; exit status 1 where there is an error.",
        discussion: """
            The file holds policies as the API writes them: {"policies":[…],"calendars":{"ID":{…}}}, a page of GET /v1/sla-policies, or the array alone.
            """
    )

    @Argument(help: "A JSON file.")
    var file: String

    @Flag(help: "One JSON object a finding.")
    var json = false

    func run() throws {
        let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        let findings = try PolicyFile.read(file).findings(zones: ZoneFiles(), now: now)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for (name, finding) in findings {
            if json {
                print(String(decoding: try encoder.encode(finding), as: UTF8.self))
            } else {
                print("\(finding.severity.rawValue): \(name) \(finding.pointer): \(finding.message) [\(finding.code.rawValue)]")
            }
        }
        let errors = findings.count { $0.finding.severity == .error }
        if errors > 0 { throw CommandFailure("\(errors) of \(findings.count) findings are errors") }
    }
}
