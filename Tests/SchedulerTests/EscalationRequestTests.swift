import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Calls for help (features.md A3.12): what an agent cannot solve alone, and strong complaints.
@Suite struct EscalationRequestTests {
    private static let policy = #"{"name":"Standard","targets":[{"metric":"resolution","seconds":360000,"mode":"calendar"}]}"#

    /// Three levels, 10 minutes each, to the same agent.
    private func chain(to agent: AgentID) -> String {
        let level =
            #"{"targets":[{"type":"agent","id":"\#(agent)"}],"timeout":600,"mode":"wall","condition":"not_resolved","actions":["notify"]}"#
        return #"{"version":1,"levels":[\#(level),\#(level),\#(level)],"repeats":0}"#
    }

    private func useChain(_ chain: EscalationChainID, for desk: SchedulerDesk) async throws {
        try await desk.database.sql(
            """
            UPDATE docket.queue SET escalation_chain_id = '\(chain)';
            UPDATE docket.tenant_configuration SET version = version + 1;
            """
        )
    }

    private func escalate(_ id: TicketID, _ cause: EscalationRequestCause = .cannotSolve, _ desk: SchedulerDesk) async throws {
        _ = try await desk.commands.escalate(TicketRequest(id, in: desk.tenant.id, by: .system), cause: cause, reason: "beyond me")
    }

    private func fired(_ desk: SchedulerDesk) async throws -> [[String]] {
        try await desk.database.sql(
            """
            SELECT r.trigger, f.level::text FROM docket.escalation_firing f JOIN docket.escalation_run r ON r.id = f.run_id
            WHERE f.outcome = 'fired' ORDER BY 1, 2
            """
        )
    }

    @Test(
        "A call for help goes through the queue's chain from at once on, each level once, also where nothing is promised (A3.12)",
        arguments: [(EscalationRequestCause.cannotSolve, "cannot_solve"), (.complaint, "complaint")]
    )
    func queueChain(cause: EscalationRequestCause, trigger: String) async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let agent = try await desk.tenant.addAgent()
            try await useChain(try await desk.addChain(chain(to: agent)), for: desk)
            let id = try await desk.create()
            try await escalate(id, cause, desk)
            for level in 1...4 {
                try await desk.fire()
                try await desk.fire()
                #expect(try await fired(desk).count == min(level, 3))
                try await desk.advance(by: 600)
            }
            #expect(try await fired(desk) == [[trigger, "0"], [trigger, "1"], [trigger, "2"]])
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "exhausted")
            #expect(try await desk.kinds(of: id).prefix(3) == ["ticket.created", "ticket.escalation_requested", "escalation.fired"])
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("The policy's chain stands in for the queue's; each trigger runs once at a time, and the solution ends them (A3.12)")
    func triggers() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.addChain(chain(to: agent))
            let id = try await desk.create()
            try await escalate(id, .cannotSolve, desk)
            try await escalate(id, .complaint, desk)
            await #expect(throws: UseCaseError.self) { try await escalate(id, .complaint, desk) }
            // Waiting for the customer holds the ticket's own clocks, and no call for help.
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .system), to: .waitingCustomer)
            try await desk.fire()
            #expect(try await fired(desk) == [["cannot_solve", "0"], ["complaint", "0"]])
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run WHERE state = 'ended'") == 2)
            try await desk.advance(by: 3_600)
            try await desk.fire()
            #expect(try await fired(desk).count == 2)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("Without a chain there is nothing to start")
    func noPath() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let id = try await desk.create()
            do {
                try await escalate(id, .cannotSolve, desk)
                Issue.record("the call should have been refused")
            } catch UseCaseError.refused(let refusal) {
                #expect(refusal == .verb(.noEscalationPath))
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") == 0)
        }
    }
}
