import Deployment
import Domain
import Foundation
import Testing

@testable import Operations

@Suite("docket sla eval")
struct SLAEvalTests {
    /// sla.md, examples on calendar B: 8 hours from Monday 09:00, 75 % warned at 15:00, due on Monday 17:00, breached on Tuesday 09:00.
    private static let line = """
        {"calendar":{"tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]]}},\
        "policy":{"name":"Gold","targets":[{"metric":"resolution","priority":2,"seconds":28800,"mode":"business"}],"warnings":[{"percent":75}]},\
        "priority":2,"events":[{"at":"2024-03-04T08:00:00Z","type":"created","by":"customer"}],"now":"2024-03-04T12:00:00Z"}
        """

    private struct Reply: Decodable {
        struct Timer: Decodable {
            var metric: String
            var state: String
            var consumed_us: Int64
            var due_at: String?
            var breach_at: String?
            var warn_at: [String]
        }

        var timers: [Timer]
    }

    @Test("P3 through the command's own line format, with bad lines before and after")
    func example() throws {
        let text = ["{}", Self.line, "{\"policy\":5}"].joined(separator: "\n")
        let lines = try answers(to: text) { input, output in
            let evaluation = SLAEvaluation(zones: ZoneFiles())
            try LineSession(lineLimit: 1 << 20, input: input, output: output).run { (request: SLAEvaluation.Request) in
                try evaluation.evaluate(request)
            }
        }
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("{\"error\":\"") == true)
        #expect(lines.last?.hasPrefix("{\"error\":\"") == true)
        let reply = try JSONDecoder().decode(Reply.self, from: Data(lines[1].utf8))
        let timer = try #require(reply.timers.first { $0.metric == "resolution" })
        #expect(timer.state == "running")
        #expect(timer.consumed_us == 4 * 3_600 * 1_000_000)
        #expect(timer.due_at?.hasPrefix("2024-03-04T16:00:00") == true)
        #expect(timer.breach_at?.hasPrefix("2024-03-05T08:00:00") == true)
        #expect(timer.warn_at.first?.hasPrefix("2024-03-04T14:00:00") == true)
    }

    @Test("a priority that there is not gets a sentence of its own")
    func priority() throws {
        let line = Self.line.replacing("\"priority\":2,\"events\"", with: "\"priority\":9,\"events\"")
        let lines = try answers(to: line) { input, output in
            let evaluation = SLAEvaluation(zones: ZoneFiles())
            try LineSession(lineLimit: 1 << 20, input: input, output: output).run { (request: SLAEvaluation.Request) in
                try evaluation.evaluate(request)
            }
        }
        #expect(lines == [#"{"error":"priority: a priority is 1 (critical) to 4 (low)"}"#])
    }
}
