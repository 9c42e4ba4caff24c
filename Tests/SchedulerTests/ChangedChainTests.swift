import Domain
import Store
import TestSupport
import Testing
import UseCases

/// A policy that names another chain, or none any more, while runs of its former chain have overdue levels (decision 0041).
@Suite struct ChangedChainTests {
    private static let policy = #"""
        {"name":"Standard","targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}],"warnings":[{"percent":50}]}
        """#

    /// How many runs of each chain there are, the former one first.
    private func runs(of id: TicketID, _ chains: [EscalationChainID], _ desk: SchedulerDesk) async throws -> [Int] {
        var counts: [Int] = []
        for chain in chains {
            counts.append(try await desk.number("SELECT count(*) FROM docket.escalation_run WHERE ticket_id = '\(id)' AND chain_id = '\(chain)'"))
        }
        return counts
    }

    @Test("The breach calls the chain that the policy names by then, once, and no chain where it names none", arguments: [true, false])
    func changed(namesAnother: Bool) async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let person = try await desk.tenant.addAgent()
            // The warning's run is over at minute 55, before the breach.
            let former = try await desk.addChain(
                desk.chain(desk.level(desk.target(person), timeout: 1_200), desk.level(desk.target(person), timeout: 300))
            )
            try await desk.database.freezeClock()
            let (onTime, late) = (try await desk.create(), try await desk.create())
            try await desk.advance(by: 1_860)
            _ = try await desk.fire()
            try await desk.database.sql("UPDATE docket.escalation_chain SET name = 'Former'")
            let other = try await desk.addChain(desk.chain(desk.level(desk.target(person), timeout: 600)))
            if !namesAnother {
                try await desk.database.sql(
                    """
                    UPDATE docket.sla_policy SET definition = definition - 'chain_id';
                    UPDATE docket.sla_policy_version SET definition = definition - 'chain_id';
                    UPDATE docket.tenant_configuration SET version = version + 1;
                    """
                )
            }
            for _ in 0..<10 {
                try await desk.advance(by: 300)
                _ = try await desk.fire(excluding: [late])
            }
            _ = try await desk.fire()
            let expected = ["warned 30", "fired 30", "fired 50", "exhausted 55", "breached 60"] + (namesAnother ? ["fired 60", "exhausted 70"] : [])
            for id in [onTime, late] {
                #expect(try await desk.thresholdsAndLevels(of: id) == expected)
                #expect(try await runs(of: id, [former, other], desk) == [1, namesAnother ? 1 : 0])
                try await desk.expectHistoryRebuilds(id)
            }
        }
    }
}
