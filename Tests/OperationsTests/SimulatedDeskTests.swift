import Domain
import Testing

@testable import Operations

/// `docket route simulate --desk`.
@Suite("Simulated desks")
struct SimulatedDeskTests {
    private static let week = #""calendars":{"day":{"tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]]}}}"#

    private func run(_ text: String, _ arguments: String...) async throws -> Int32 {
        let directory = try TemporaryDirectory()
        let file = try directory.write("desk.json", text)
        return await CommandLineEntry.run(["route", "simulate", "--desk", file, "--seeds", "1"] + arguments)
    }

    private func fault(_ text: String) throws -> String? {
        let directory = try TemporaryDirectory()
        let file = try directory.write("desk.json", text)
        do throws(CommandFailure) {
            _ = try SimulatedDeskFile.read(file)
            return nil
        } catch {
            return error.description.replacing(file + ": ", with: "")
        }
    }

    @Test("a desk is played, with a generated load and with a recorded day")
    func played() async throws {
        let desk = #"{"starts_at":"2026-03-02T00:00:00Z",\#(Self.week),"agents":[{"count":3,"calendar":"day"}],"queue":{"calendar":"day"}}"#
        #expect(try await run(desk, "--tickets", "40", "--json") == 0)
        #expect(try await run(desk, "--tickets", "40", "--arrivals-per-hour", "0.5") == 0)
        let directory = try TemporaryDirectory()
        let log = try directory.write("day.csv", IncidentSample.text)
        #expect(try await run(#"{\#(Self.week),"agents":[{"count":3}],"queue":{"calendar":"day"}}"#, "--day", log) == 0)
        // It has times of its own.
        #expect(try await run(desk, "--day", log) == 2)
    }

    @Test("what does not fit is bad usage")
    func refused() async throws {
        let late = #"{"starts_at":"2026-03-03T00:00:00Z","calendars":{"one":{"tz":"UTC","openings":{"2026-06-01":[["09:00","17:00"]]}}},"#
        #expect(try await run(late + #""agents":[{"calendar":"one"}]}"#, "--tickets", "10") == 2)
        #expect(try await run(#"{"agents":[{}]}"#, "--tickets", "10", "--agents", "4") == 2)
        #expect(try await run(#"{"agents":[{}]}"#, "--tickets", "10", "--arrivals-per-hour", "60") == 2)
        let directory = try TemporaryDirectory()
        let queue = try directory.write("queue.json", "{}")
        #expect(try await run(#"{"queue":{}}"#, "--tickets", "10", "--queue", queue) == 2)
        #expect(try await run(#"{\#(Self.week)}"#, "--tickets", "10") == 2, "calendars need dates")
        let desk = #"{"starts_at":"2026-03-02T00:00:00Z",\#(Self.week),"agents":[{"calendar":"day"}]}"#
        #expect(try await run(desk, "--tickets", "1000000", "--load", "0.05") == 2, "years and years")
    }

    @Test(
        "what is wrong is told by its place",
        arguments: [
            (#"{"agent":[]}"#, "agent must not be there: there is no such member"),
            (#"{"agents":[{},{"skill":{}}]}"#, "agents[1].skill must not be there: there is no such member"),
            (#"{"queue":{"steps":[{"after":1,"age":2}]}}"#, "queue.steps[0].age must not be there: there is no such member"),
            (#"{"queue":{"fallback_queue_id":null}}"#, "queue.fallback_queue_id must not be there: there is no such member"),
            (#"{"calendars":{"a":{"tz":"UTC","week":{}}}}"#, "calendars.a.week must not be there: there is no such member"),
            (#"{"agents":[{"tier":10}]}"#, "agents[0].tier must be 0 to 9"),
            (#"{"agents":[{"capacity":0}]}"#, "agents[0].capacity must be 1 to 1000"),
            (#"{"agents":[{"count":300},{"count":300}]}"#, "agents must be 500 at most together"),
            (#"{"agents":[{"skills":{"fr":6}}]}"#, "agents[0].skills must have numbers from 1 to 5"),
            (#"{"agents":{}}"#, "agents must be an array"),
            (#"{"tickets":[{}]}"#, "tickets must come with agents who can do them"),
            (#"{"agents":[{}],"tickets":[{"channel":"pigeon"}]}"#, "tickets[0].channel is not one of the names that there are"),
            (
                #"{"people":{"accept_percent":80,"decline_percent":30}}"#,
                "people.decline_percent must be at most 100 together with accept_percent (100 unless told)"
            ),
            (#"{"queue":{"offer_seconds":5}}"#, "queue.offer_seconds must be 10 to 86400"),
            (#"{"queue":{"weights":[{"weight":200,"conditions":[]}]}}"#, "queue.weights: [0].weight: must be 1 to 100"),
            (#"{"queue":{"steps":[{"after":60},{"after":60}]}}"#, "queue.steps: two steps begin after 60 seconds"),
            (#"{"arrivals":"while_open"}"#, "arrivals must be \"always\" where the queue has no calendar"),
            (#"{"starts_at":"monday"}"#, "starts_at: not an RFC 3339 date and time"),
            (#"{"agents":[{"tier":1,"tier":2}]}"#, "agents[0].tier is there twice"),
            ("[]", "the line must be an object"),
        ]
    )
    func faults(text: String, expected: String) throws {
        #expect(try fault(text) == expected)
    }

    @Test("a recorded incident was worked on while it was in progress")
    func work() {
        func incident(_ moves: [(Int64, TicketState)]) -> Incident {
            Incident(
                number: "1",
                openedAt: 0,
                category: nil,
                location: nil,
                impact: .medium,
                urgency: .medium,
                priority: .p3,
                group: nil,
                moves: moves.map { Incident.Move(at: $0.0, state: $0.1) },
                madeSLA: true
            )
        }
        #expect(incident([(60, .inProgress), (360, .onHold), (900, .inProgress), (1_000, .resolved)]).secondsInProgress == 400)
        #expect(incident([(60, .resolved), (90, .closed)]).secondsInProgress == nil)
        #expect(incident([(60, .inProgress)]).secondsInProgress == nil, "the log ends before the work does")
    }
}
