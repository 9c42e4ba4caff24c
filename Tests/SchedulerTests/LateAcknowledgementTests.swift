import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Acknowledgements that come while schedulers are behind (sla.md, Timers, "Scheduler down"; Escalation chains, rules 1 and 4; decision 0041).
@Suite struct LateAcknowledgementTests {
    /// An hour, a warning at half of it.
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"warnings":[{"percent":50}]}
        """#

    /// Somebody acknowledges at minute 80, after the breach.
    ///
    /// - Parameters:
    ///   - looking: when schedulers look before that.
    ///   - notes: whether another command notices the breach before.
    private func acknowledged(_ desk: SchedulerDesk, _ person: AgentID, looking: [Int], notes: Bool = false) async throws -> TicketID {
        let id = try await desk.create()
        var minute = 0
        for stop in looking + [80, 400] {
            try await desk.advance(by: Double(stop - minute) * 60)
            minute = stop
            if stop == 80 {
                if notes { try await desk.note(on: id, by: person) }
                #expect(try await desk.acknowledge(id) > 0)
            } else {
                _ = try await desk.fire()
            }
        }
        try await desk.expectHistoryRebuilds(id)
        return id
    }

    @Test("A breach that found the run unacknowledged is part of it: whoever acknowledges afterwards silences both, however late schedulers are")
    func goesOnForTheBreach() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            try await desk.addChain(desk.chain(desk.level(desk.target(person), timeout: 1_200), desk.level(desk.target(person), timeout: 3_600)))
            try await desk.database.freezeClock()
            let inTime = ["fired 30", "fired 50"]
            let cases: [(looking: [Int], notes: Bool, steps: [String])] = [
                ([31, 51, 61], false, inTime), ([31], false, ["fired 30"]), ([31], true, ["fired 30"]), ([], true, []),
            ]
            for (looking, notes, steps) in cases {
                let id = try await acknowledged(desk, person, looking: looking, notes: notes)
                #expect(try await desk.thresholdsAndLevels(of: id).filter { $0 != "warned 30" && $0 != "breached 60" } == steps)
                #expect(try await desk.runStates(of: id) == ["acknowledged"])
            }
        }
    }

    @Test("Of three thresholds in one downtime each has its run, and the last of them, which is live, is acknowledged")
    func threeThresholds() async throws {
        let policy = #"""
            {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"warnings":[{"percent":20},{"percent":60}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent()
            let level = desk.level(desk.target(person), timeout: 660)
            try await desk.addChain(desk.chain(level, level))
            try await desk.database.freezeClock()
            let first = ["fired 12", "fired 23", "exhausted 34"]
            let inTime = first + ["fired 36", "fired 47", "exhausted 58", "fired 60", "fired 71"]
            let cases: [(looking: [Int], notes: Bool, steps: [String], states: [String])] = [
                ([13, 24, 35, 37, 48, 59, 61, 72], false, inTime, ["exhausted", "exhausted"]),
                ([13, 37], false, first + ["fired 36"], ["exhausted", "ended"]),
                ([13], false, ["fired 12"], ["ended", "ended"]), ([13], true, ["fired 12"], ["ended", "ended"]), ([], true, [], ["ended", "ended"]),
            ]
            for (looking, notes, steps, states) in cases {
                let id = try await acknowledged(desk, person, looking: looking, notes: notes)
                let told = try await desk.thresholdsAndLevels(of: id)
                #expect(told.filter { !$0.hasPrefix("warned") && !$0.hasPrefix("breached") } == steps, "\(looking)")
                #expect(told.filter { $0.hasPrefix("warned") || $0.hasPrefix("breached") } == ["warned 12", "warned 36", "breached 60"])
                #expect(try await desk.runStates(of: id) == states + ["acknowledged"])
            }
        }
    }

    @Test("Where the warning's run was over before the breach, the acknowledgement is that of the breach's run, which was live by then")
    func silencesTheNextRun() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            let level = desk.level(desk.target(person), timeout: 720)
            try await desk.addChain(desk.chain(level, level))
            try await desk.database.freezeClock()
            let inTime = ["fired 30", "fired 42", "exhausted 54", "fired 60"]
            let cases: [(looking: [Int], notes: Bool, steps: [String])] = [
                ([43, 61], false, inTime), ([31], false, ["fired 30"]), ([31], true, ["fired 30"]), ([], true, []),
            ]
            for (looking, notes, steps) in cases {
                let id = try await acknowledged(desk, person, looking: looking, notes: notes)
                #expect(try await desk.thresholdsAndLevels(of: id).filter { $0 != "warned 30" && $0 != "breached 60" } == steps)
                #expect(try await desk.runStates(of: id) == [looking.contains(61) ? "exhausted" : "ended", "acknowledged"])
            }
        }
    }
}
