import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Which chain the wait for an agent starts, and in which queue it counts.
@Suite struct WaitTriggerChainTests {
    @Test("A wait that has not been too long ends with the move to a queue that counts none")
    func moved() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let person = try await desk.tenant.addAgent()
            let chain = try await desk.addChain(desk.chain(desk.level(desk.target(person))))
            try await desk.useEscalations(#"[{"trigger":"unassigned","after_seconds":1800,"chain_id":"\#(chain)","mode":"wall"}]"#)
            let second: QueueID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(second)', 'Second', docket.now(), docket.now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create()
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "running")
            try await desk.advance(by: 1_000)
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system)) { content in
                var content = content
                content.queueID = second
                return content
            }
            #expect(try await desk.value("SELECT state FROM docket.escalation_run") == "ended")
            try await desk.advance(by: 10_000)
            #expect(try await desk.fire().escalations[.fired] == nil)
        }
    }

    @Test("An unroutable ticket of a queue that names no chain starts its policy's; without one the head of its group is told")
    func policyChain() async throws {
        let policy = #"""
            {"name":"Gold","targets":[{"metric":"resolution","seconds":360000,"mode":"calendar"}],
            "conditions":{"field":"category","op":"equals","value":"gold"}}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let person = try await desk.tenant.addAgent(isOnline: false)
            let head = try await desk.tenant.addAgent(isOnline: false)
            let group = try await desk.addGroup(head: head)
            let chain = try await desk.addChain(desk.chain(desk.level(desk.target(person))))
            try await desk.useEscalations(#"[{"trigger":"unroutable","mode":"wall"}]"#)
            try await desk.create(TicketContent(subject: "A test", category: "gold", groupID: group))
            try await desk.create(TicketContent(subject: "A test", category: "other", groupID: group))
            try await desk.database.withEnvironment(role: "docket_dispatcher") { dispatcher in
                _ = try await RoutingPasses(environment: dispatcher).run(desk.tenant.queue, of: desk.tenant.id, limit: 10)
            }
            #expect(try await desk.fire().escalations[.fired] == 2)
            #expect(Set(try await desk.mailboxes()) == [desk.address(person), desk.address(head)])
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run WHERE chain_id = '\(chain)'") == 1)
        }
    }
}
