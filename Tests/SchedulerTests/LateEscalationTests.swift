import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Chains that nobody looked at in time: lateness changes nothing (sla.md, Timers, "Scheduler down"; Escalation chains, rules 1, 2 and 6).
@Suite struct LateEscalationTests {
    /// An hour, a warning at half of it.
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"warnings":[{"percent":50}]}
        """#

    /// What a ticket's history says of thresholds and levels, with the minutes from its creation to when that was due.
    private func told(_ id: TicketID, _ desk: SchedulerDesk) async throws -> [String] {
        let history = try await desk.history(of: id)
        let start = try #require(history.first?.at)
        func minutes(_ time: Timestamp) -> Int64 { (time.microseconds(since: start) + 1_000_000) / 60_000_000 }
        return history.compactMap { event in
            switch event.payload {
            case .timerWarned(let fired): "warned \(minutes(fired.scheduledFor))"
            case .timerBreached(let fired): "breached \(minutes(fired.scheduledFor))"
            case .escalated(let step): "\(step.outcome) \(minutes(step.scheduledFor))"
            default: nil
            }
        }
    }

    /// What is recorded of a ticket at which schedulers look every five minutes, and of one that they see only after two hours.
    private func compare(_ desk: SchedulerDesk) async throws -> (onTime: [String], late: [String]) {
        let first = try await desk.create()
        for _ in 0..<24 {
            try await desk.advance(by: 300)
            _ = try await desk.fire()
        }
        let second = try await desk.create()
        try await desk.advance(by: 7_200)
        _ = try await desk.fire()
        for id in [first, second] { try await desk.expectHistoryRebuilds(id) }
        return (try await told(first, desk), try await told(second, desk))
    }

    @Test("A breach that is noticed together with its warning calls people as it would have in time", arguments: [10, 30, 40])
    func breachAfterWarning(timeout: Int) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(desk.chain(desk.level(desk.target(person), timeout: timeout * 60)))
            let (onTime, late) = try await compare(desk)
            let expected =
                switch timeout {
                case 10: ["warned 30", "fired 30", "exhausted 40", "breached 60", "fired 60", "exhausted 70"]
                // A chain that ends when the target is missed is over by then.
                case 30: ["warned 30", "fired 30", "breached 60", "exhausted 60", "fired 60", "exhausted 90"]
                // One that is not over goes on for the breach (rule 1).
                default: ["warned 30", "fired 30", "breached 60", "exhausted 70"]
                }
            #expect(onTime == expected)
            #expect(late == expected)
        }
    }

    @Test("Levels of a ticket's runs fire in the order of their times over all runs")
    func orderOverRuns() async throws {
        let policy = #"""
            {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"},{"metric":"requester_wait","seconds":3000,"mode":"calendar"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            let level = desk.level(desk.target(person), timeout: 1_200)
            try await desk.addChain(desk.chain(level, level))
            let (onTime, late) = try await compare(desk)
            let expected = ["breached 50", "fired 50", "breached 60", "fired 60", "fired 70", "fired 80", "exhausted 90", "exhausted 100"]
            #expect(onTime == expected)
            #expect(late == expected)
        }
    }

    @Test("What a command notices in the scheduler's place calls people, too", arguments: [false, true])
    func noticedByACommand(acknowledges: Bool) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(desk.chain(desk.level(desk.target(person), timeout: 600)))
            let id = try await desk.create()
            try await desk.advance(by: 5_400)
            _ = try await desk.commands.addMessage(
                TicketRequest(id, in: desk.tenant.id, by: .agent(person)),
                visibility: .internal,
                author: .agent(person),
                body: "Looking at it."
            )
            // Who takes care of the warning's run knows nothing of the breach's.
            if acknowledges { #expect(try await desk.acknowledge(id) == 1) }
            try await desk.advance(by: 1_800)
            _ = try await desk.fire()
            let steps = try await told(id, desk).filter { !$0.contains("ed 30") && !$0.contains("breached") }
            #expect(steps == (acknowledges ? [] : ["exhausted 40"]) + ["fired 60", "exhausted 70"])
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run WHERE trigger = 'resolution:1'") == 2)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    /// A ticket that waits for its customer from one minute to another, missed at 60; schedulers look when they are let, and at minute 200.
    private func paused(_ desk: SchedulerDesk, _ person: AgentID, from start: Int = 85, to end: Int = 145, looking: [Int]) async throws -> [String] {
        let id = try await desk.create()
        let request = TicketRequest(id, in: desk.tenant.id, by: .agent(person))
        _ = try await desk.commands.assign(request, to: person)
        _ = try await desk.commands.transition(request, to: .inProgress)
        var minute = 0
        for stop in (looking + [start, end, 200]).sorted() {
            try await desk.advance(by: Double(stop - minute) * 60)
            minute = stop
            if stop == start { _ = try await desk.commands.transition(request, to: .waitingCustomer) }
            if stop == end { _ = try await desk.commands.transition(request, to: .inProgress) }
            if stop == 200 || looking.contains(stop) { _ = try await desk.fire() }
        }
        try await desk.expectHistoryRebuilds(id)
        return try await told(id, desk)
    }

    @Test("Levels that were overdue when the clock was paused fire, however late; what comes after them keeps what was left of its wait")
    func pausedWithOverdueLevels() async throws {
        let policy = #"""
            {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"pauses":[{"metric":"resolution","category":"pending"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            let level = desk.level(desk.target(person))
            try await desk.addChain(desk.chain(level, level, level))
            try await desk.database.freezeClock()
            let expected = ["breached 60", "fired 60", "fired 70", "fired 80", "exhausted 150"]
            for looking in [[61, 71, 81, 90], [61, 100], [100], [146], []] {
                #expect(try await paused(desk, person, looking: looking) == expected, "looking at \(looking)")
            }
            // While it stands still nothing waits for it to go on.
            let id = try await desk.create()
            try await desk.advance(by: 85 * 60)
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .waitingCustomer)
            #expect(try await desk.fire().escalations[.fired] == 3)
            let run = "SELECT state, (next_fire_at IS NULL)::text FROM docket.escalation_run WHERE ticket_id = '\(id)'"
            #expect(try await desk.database.sql(run) == [["held", "true"]])
        }
    }

    @Test("A run that begins late, after the one before it, is held by the pauses that its clock had meanwhile")
    func pausedBeforeTheRunBegan() async throws {
        let policy = #"""
            {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"warnings":[{"percent":50}],
            "pauses":[{"metric":"resolution","category":"pending"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(desk.chain(desk.level(desk.target(person))))
            try await desk.database.freezeClock()
            let expected = ["warned 30", "fired 30", "exhausted 40", "breached 60", "fired 60", "exhausted 90"]
            for looking in [[31, 41, 61, 66], [80], [100]] {
                let steps = try await paused(desk, person, from: 65, to: 85, looking: looking)
                #expect(steps.sorted { Self.minute($0) < Self.minute($1) } == expected, "looking at \(looking)")
            }
        }
    }

    private static func minute(_ step: String) -> Int { step.split(separator: " ").last.flatMap { Int($0) } ?? 0 }

    @Test(
        "Who acknowledged a warning with a TTL, or with a level for the unresolved to come, has not acknowledged the breach",
        arguments: [false, true]
    )
    func acknowledgedWarning(hasTTL: Bool) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let first = desk.level(desk.target(person), timeout: 36_000)
            let second = desk.level(desk.target(person), condition: hasTTL ? "not_acked" : "not_resolved")
            try await desk.addChain(desk.chain(first, second, ttl: hasTTL ? 36_000 : nil))
            let id = try await desk.create()
            try await desk.advance(by: 1_801)
            #expect(try await desk.fire().escalations[.fired] == 1)
            #expect(try await desk.acknowledge(id) == 1)
            try await desk.advance(by: 1_800)
            #expect(try await desk.fire().escalations[.fired] == 1)
            let states = "SELECT state FROM docket.escalation_run ORDER BY started_at"
            #expect(try await desk.database.sql(states).map { $0[0] } == ["ended", "running"])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A call for help ends with the solution, also where a cancel condition ended the ticket's clocks before")
    func solvedAfterCancelCondition() async throws {
        let policy = #"""
            {"name":"Standard","targets":[{"metric":"resolution","seconds":360000,"mode":"calendar"}],
            "cancel_conditions":[{"field":"category","op":"equals","value":"test"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(desk.chain(desk.level(desk.target(person), timeout: 3_600), desk.level(desk.target(person))))
            let id = try await desk.create()
            _ = try await desk.commands.escalate(TicketRequest(id, in: desk.tenant.id, by: .system), cause: .cannotSolve, reason: "beyond me")
            #expect(try await desk.fire().escalations[.fired] == 1)
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system)) { content in
                var content = content
                content.category = "test"
                return content
            }
            #expect(try await desk.kinds(of: id).contains("sla.cancelled"))
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "running")
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .resolved)
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "ended")
            try await desk.advance(by: 100_000)
            #expect(try await desk.fire().claimed == 0)
            try await desk.expectHistoryRebuilds(id)
        }
    }
}
