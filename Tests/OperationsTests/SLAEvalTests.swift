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
            var target_seconds: Double
            var consumed_seconds: Double
            var due_at: String?
            var breach_at: String?
            var warn_at: [String]
        }

        struct Event: Decodable {
            struct Data: Decodable {
                var metric: String
                var threshold: String
                var scheduled_for: String
            }

            var type: String
            var data: Data
        }

        var timers: [Timer]
        var events: [Event]
    }

    @Test("a type of event that is none is refused with those that there are")
    func types() throws {
        let lines = try answers(to: Self.line.replacing(#""type":"created""#, with: #""type":"made""#)) { input, output in
            try SLAEvalCommand.answer(LineSession(lineLimit: 1 << 20, input: input, output: output), by: SLAEvaluation(zones: ZoneFiles()))
        }
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix(#"{"error":"events[0].type must be one of created, customer_message, agent_reply, "#) == true, "\(lines)")
    }

    @Test("P3 through the command's own line format, with bad lines before and after")
    func example() throws {
        let text = ["{}", Self.line, "{\"policy\":5}"].joined(separator: "\n")
        let lines = try answers(to: text) { input, output in
            try SLAEvalCommand.answer(LineSession(lineLimit: 1 << 20, input: input, output: output), by: SLAEvaluation(zones: ZoneFiles()))
        }
        #expect(lines.count == 3)
        #expect(lines.first?.hasPrefix("{\"error\":\"") == true)
        #expect(lines.last?.hasPrefix("{\"error\":\"") == true)
        let reply = try JSONDecoder().decode(Reply.self, from: Data(lines[1].utf8))
        let timer = try #require(reply.timers.first { $0.metric == "resolution" })
        #expect(timer.state == "running")
        #expect(timer.consumed_seconds == 4 * 3_600 && timer.target_seconds == 28_800)
        #expect(timer.due_at == "2024-03-04T16:00:00.000Z" && timer.breach_at == "2024-03-05T08:00:00.000Z")
        #expect(timer.warn_at == ["2024-03-04T14:00:00.000Z"] && reply.events.isEmpty)
    }

    @Test(
        "What lies outside of the years that calendars know is refused, and said which",
        arguments: [("9999", "now"), ("2300", "now"), ("0001", "events")]
    )
    func outsideOfYears(_ row: (year: String, member: String)) throws {
        let (event, now) = row.member == "now" ? ("2024", row.year) : (row.year, "2024")
        let line = Self.line.replacing("2024-03-04T08", with: "\(event)-03-04T08").replacing("2024-03-04T12", with: "\(now)-03-04T12")
        let answers = try answers(to: line) { input, output in
            try SLAEvalCommand.answer(LineSession(lineLimit: 1 << 20, input: input, output: output), by: SLAEvaluation(zones: ZoneFiles()))
        }
        #expect(answers.count == 1 && answers.first?.contains("\(row.member): a time lies outside of the years 1900 to 2299") == true, "\(answers)")
    }

    @Test("A calendar whose only opening lies before the first event is refused where a target counts open time, and taken where none does")
    func closedSince() throws {
        let weekly = #""weekly":{"mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]]}"#
        let line = Self.line.replacing(weekly, with: #""openings":{"2024-03-01":[["09:00","17:00"]]}"#)
        let answers = try answers(to: line + "\n" + line.replacing("business", with: "calendar")) { input, output in
            try SLAEvalCommand.answer(LineSession(lineLimit: 1 << 20, input: input, output: output), by: SLAEvaluation(zones: ZoneFiles()))
        }
        #expect(answers.count == 2 && answers[0].contains("no open time within 10 years"), "\(answers)")
        let timers = try JSONDecoder().decode(Reply.self, from: Data(answers[1].utf8)).timers
        #expect(timers.map(\.due_at) == ["2024-03-04T16:00:00.000Z"])
    }

    @Test("An axis over centuries has as many marks as one over a week")
    func centuries() throws {
        let ends = try [#require(Timestamp("1900-01-01T00:00:00Z")), #require(Timestamp("2299-12-31T00:00:00Z"))]
        #expect((8...16).contains(TimelineScale(ends, zone: .utc).ticks.count))
    }

    @Test("What was passed is told as the ticket's events tell it (contract.md: the format is the API's own)")
    func passed() throws {
        let line = Self.line.replacing("\"now\":\"2024-03-04T12:00:00Z\"", with: "\"now\":\"2024-03-05T08:00:00Z\"")
        let lines = try answers(to: line) { input, output in
            try SLAEvalCommand.answer(LineSession(lineLimit: 1 << 20, input: input, output: output), by: SLAEvaluation(zones: ZoneFiles()))
        }
        let events = try JSONDecoder().decode(Reply.self, from: Data(lines[0].utf8)).events
        #expect(events.map(\.type) == ["sla.warned", "sla.breached"])
        #expect(events.map(\.data.threshold) == ["percent:75", "breach"] && events.allSatisfy { $0.data.metric == "resolution" })
        #expect(events.map(\.data.scheduled_for) == ["2024-03-04T14:00:00.000Z", "2024-03-05T08:00:00.000Z"])
    }

    @Test("a priority that there is not gets a sentence of its own")
    func priority() throws {
        let line = Self.line.replacing("\"priority\":2,\"events\"", with: "\"priority\":9,\"events\"")
        let lines = try answers(to: line) { input, output in
            try SLAEvalCommand.answer(LineSession(lineLimit: 1 << 20, input: input, output: output), by: SLAEvaluation(zones: ZoneFiles()))
        }
        #expect(lines == [#"{"error":"priority: a priority is 1 (critical) to 4 (low)"}"#])
    }
}
