import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Chains of clocks that get another target (sla.md, "Priority or policy change"; Escalation chains, rules 1 and 4; decision 0050).
@Suite struct RetargetedEscalationTests {
    /// An hour for the most urgent, eight for the usual.
    private static func policy(warnings: String = "[]") -> String {
        #"{"name":"Standard","targets":[{"metric":"resolution","priority":1,"seconds":3600,"mode":"calendar"},"#
            + #"{"metric":"resolution","priority":3,"seconds":28800,"mode":"calendar"}],"warnings":\#(warnings),"#
            + #""pauses":[{"metric":"resolution","category":"pending"}]}"#
    }

    @Test("The history says which thresholds a change put into the past")
    func causes() async throws {
        try await SchedulerDesk.with(policy: Self.policy()) { desk in
            let (id, other) = (try await desk.create(), try await desk.create(TicketContent(subject: "A test", priority: .p1)))
            try await desk.advance(by: 7_200)
            _ = try await desk.fire()
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system), reason: "as agreed") { content in
                var content = content
                content.priority = .p1
                return content
            }
            for (ticket, cause) in [(id, "retarget"), (other, "elapsed")] {
                let told = "SELECT data->>'cause' FROM docket.ticket_event WHERE ticket_id = '\(ticket)' AND kind = 'sla.breached'"
                #expect(try await desk.database.sql(told) == [[cause]])
                try await desk.expectHistoryRebuilds(ticket)
            }
        }
    }

    private enum Step {
        case look
        case note
        case acknowledge
        case priority(Priority)
        case wait(Bool)
    }

    private struct Desk {
        let desk: SchedulerDesk
        let person: AgentID

        /// What is told of a ticket with which something happens at each of the minutes.
        func told(from priority: Priority, _ steps: [(Int, Step)]) async throws -> [String] {
            var content = TicketContent(subject: "A test")
            content.priority = priority
            let id = try await desk.create(content)
            let request = TicketRequest(id, in: desk.tenant.id, by: .system)
            _ = try await desk.commands.assign(request, to: person)
            _ = try await desk.commands.transition(request, to: .inProgress)
            var reached = 0
            for (minute, step) in steps {
                try await desk.advance(by: Double(minute - reached) * 60)
                reached = minute
                switch step {
                case .look: _ = try await desk.fire()
                case .note: try await desk.note(on: id, by: person)
                case .acknowledge: #expect(try await desk.acknowledge(id) > 0)
                case .priority(let next):
                    _ = try await desk.commands.update(request, reason: "as agreed") { content in
                        var content = content
                        content.priority = next
                        return content
                    }
                case .wait(let waits): _ = try await desk.commands.transition(request, to: waits ? .waitingCustomer : .inProgress)
                }
            }
            try await desk.expectHistoryRebuilds(id)
            return try await desk.thresholdsAndLevels(of: id)
        }
    }

    private func with(warnings: String = "[]", timeout: Int, levels: Int = 1, _ body: @Sendable (Desk) async throws -> Void) async throws {
        try await SchedulerDesk.with(policy: Self.policy(warnings: warnings)) { desk in
            let person = try await desk.tenant.addAgent()
            let level = desk.level(desk.target(person), timeout: timeout * 60)
            let chain = Array(repeating: level, count: levels).joined(separator: ",")
            try await desk.addChain(#"{"version":1,"levels":[\#(chain)],"repeats":0}"#)
            try await desk.database.freezeClock()
            try await body(Desk(desk: desk, person: person))
        }
    }

    @Test("A miss of the next, laxer target calls people anew, also where somebody had acknowledged the one before", arguments: [true, false])
    func laxer(isLookedAt: Bool) async throws {
        try await with(timeout: 60) { desk in
            let first: (Int, Step) = isLookedAt ? (61, .look) : (65, .note)
            let steps = try await desk.told(from: .p1, [first, (70, .acknowledge), (90, .priority(.p3)), (481, .look), (600, .look)])
            #expect(steps == ["breached 60"] + (isLookedAt ? ["fired 60"] : []) + ["breached 480", "fired 480", "exhausted 540"])
            #expect(try await desk.desk.number("SELECT count(*) FROM docket.escalation_run") == 2)
        }
    }

    @Test("A stricter target that is missed at once calls people anew where somebody had acknowledged; where nobody had, the run goes on for it")
    func stricter() async throws {
        try await with(timeout: 60) { desk in
            let end: [(Int, Step)] = [(510, .priority(.p1)), (511, .look), (600, .look)]
            let acknowledged = try await desk.told(from: .p3, [(481, .look), (500, .acknowledge)] + end)
            #expect(acknowledged == ["breached 480", "fired 480", "breached 510", "fired 510", "exhausted 570"])
            let late = try await desk.told(from: .p3, [(490, .note), (500, .acknowledge)] + end)
            #expect(late == ["breached 480", "breached 510", "fired 510", "exhausted 570"])
            let unacknowledged = try await desk.told(from: .p3, [(481, .look)] + end)
            #expect(unacknowledged == ["breached 480", "fired 480", "breached 510", "exhausted 540"])
            let unseen = try await desk.told(from: .p3, end)
            #expect(unseen == ["breached 480", "breached 510", "fired 480", "exhausted 540"])
        }
    }

    @Test("Nobody is called for a target that is not missed any more, whoever looked before", arguments: [true, false])
    func notMissedAnyMore(isLookedAt: Bool) async throws {
        try await with(timeout: 30, levels: 2) { desk in
            let first: [(Int, Step)] = isLookedAt ? [(61, .look)] : []
            let steps = try await desk.told(from: .p1, first + [(70, .priority(.p3)), (200, .look), (481, .look), (600, .look)])
            let called = isLookedAt ? ["breached 60", "fired 60"] : ["breached 60"]
            #expect(steps == called + ["breached 480", "fired 480", "fired 510", "exhausted 540"])
            let ended = "SELECT document->>'end' FROM docket.escalation_run WHERE state = 'ended'"
            #expect(try await desk.desk.database.sql(ended).map { $0[0] } == (isLookedAt ? ["stopped"] : []))
        }
    }

    @Test("That holds for the run of a warning which went on for the miss, and for a clock that stands still")
    func runOfAWarning() async throws {
        try await with(warnings: #"[{"percent":50}]"#, timeout: 45, levels: 3) { desk in
            let looks: [(Int, Step)] = [(31, .look), (61, .look)]
            let steps = try await desk.told(from: .p1, looks + [(70, .priority(.p3)), (200, .look), (241, .look)])
            #expect(steps == ["warned 30", "fired 30", "breached 60", "warned 240", "fired 240"])
            let pause: [(Int, Step)] = [(65, .wait(true)), (70, .priority(.p3)), (165, .wait(false)), (300, .look), (341, .look)]
            let paused = try await desk.told(from: .p1, looks + pause)
            #expect(paused == ["warned 30", "fired 30", "breached 60", "warned 340", "fired 340"])
        }
    }

    @Test("A laxer target that was warned of keeps the run")
    func laxerAndInDanger() async throws {
        // Six minutes of an hour, 48 of eight hours.
        try await with(warnings: #"[{"percent":10}]"#, timeout: 30, levels: 4) { desk in
            let looks: [(Int, Step)] = [(7, .look), (37, .look)]
            let steps = try await desk.told(from: .p1, looks + [(55, .priority(.p3)), (67, .look), (97, .look)])
            #expect(steps == ["warned 6", "fired 6", "fired 36", "warned 55", "fired 66", "fired 96"])
        }
    }
}
