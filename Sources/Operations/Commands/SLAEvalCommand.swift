import ArgumentParser
import Deployment
import Domain
import HTTPAPI

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `docket sla eval`.
struct SLAEvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Replays a ticket's events against a policy and a calendar: JSON lines in, JSON lines out.",
        discussion: """
            In:   {"calendar":{…},"policy":{…},"priority":2,"events":[{"at":"2024-03-04T08:00:00Z","type":"created"}…],"now":"2024-03-05T12:00:00Z"}
            Out:  {"timers":[…],"events":[…]}, every timer with what it consumed and the windows it counted, and what fired.
            With --svg or --text the whole input is one such object, on as many lines as it likes.
            """
    )

    @Flag(help: "Draws the answer instead: a time line as SVG.")
    var svg = false

    @Option(help: "The picture's title; the policy's name unless given.")
    var title: String?

    @Option(help: "Writes the page that a customer would read instead: en, or zh for Simplified Chinese.")
    var text: String?

    /// Room for the 10,000 events that one line may have.
    private static let lineLimit = 1 << 23

    func validate() throws {
        guard text.map({ SLALanguage(rawValue: $0) != nil }) ?? true else { throw ValidationError("--text must be en or zh") }
        guard !(svg && text != nil) else { throw ValidationError("--svg and --text exclude each other") }
    }

    func run() throws {
        let evaluation = SLAEvaluation(zones: ZoneFiles())
        if svg {
            let request = try Self.request()
            let timeline = SLATimeline(situation: try Self.checked { try evaluation.situation(of: request) }, title: title ?? request.policy.name)
            print(timeline.svg(), terminator: "")
        } else if let language = text.flatMap(SLALanguage.init) {
            let request = try Self.request()
            print(try Self.checked { try evaluation.statement(request) }.text(in: language), terminator: "")
        } else {
            try Self.answer(LineSession(lineLimit: Self.lineLimit), by: evaluation)
        }
    }

    /// Answers line by line, in the API's own format (contract.md).
    static func answer(_ session: LineSession, by evaluation: SLAEvaluation) throws(LineIOError) {
        try session.run(writing: { (request: SLAEvaluation.Request) in
            var writer = JSONWriter()
            try evaluation.evaluate(request).write(to: &writer)
            return writer.bytes
        })
    }

    /// The whole input as one question.
    private static func request() throws -> SLAEvaluation.Request {
        let data = try InputFile.read("-", limit: lineLimit, status: 2)
        do {
            return try JSONDecoder().decode(SLAEvaluation.Request.self, from: data)
        } catch {
            throw CommandFailure(lineFault(error, in: data), status: 2)
        }
    }

    private static func checked<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as SLAEvaluationError {
            throw CommandFailure("\(error)", status: 2)
        }
    }
}
