import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What is refused, and why.
@Suite struct DirectoryRuleTests {
    @Test("Every wrong field of a queue is named at once, references too")
    func allProblems() async throws {
        try await DirectoryDesk.with { desk in
            let steps = [
                RelaxationStep(afterSeconds: -1, dropFrom: 10), RelaxationStep(afterSeconds: 60, tier: 10), RelaxationStep(afterSeconds: 60),
            ]
            let content = QueueContent(
                name: "",
                mode: .nearest,
                boostMinutes: 20_000,
                isDefault: true,
                steps: steps,
                calendarID: CalendarID(high: 1, low: 1),
                isActive: false
            )
            let before = try await desk.configurationVersion()
            let error = try await refusal { _ = try await desk.commands.createQueue(content, in: desk.id) }
            #expect(
                error?.pointers == [
                    "/name", "/boost_minutes", "/active", "/steps/0/after", "/steps/0/drop_from", "/steps/1/tier", "/steps/2/after",
                    "/calendar_id",
                ]
            )
            #expect(try await desk.configurationVersion() == before)
            #expect(try await desk.number("SELECT count(*) FROM docket.queue") == 1)
        }
    }

    @Test("Tickets that move on from a queue must not come back to it")
    func overflowCircles() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            var last = desk.tenant.queue
            var made: [QueueID] = []
            for name in ["A", "B", "C"] {
                var content = QueueContent(name: name)
                content.overflowQueueID = last
                last = try await commands.createQueue(content, in: id).done().id
                made.append(last)
            }
            for target in made + [desk.tenant.queue] {
                let error = try await refusal {
                    _ = try await commands.updateQueue(desk.tenant.queue, in: id) { before in
                        var content = before
                        content.overflowQueueID = target
                        return content
                    }
                }
                #expect(error?.pointers == ["/overflow_queue_id"] && error?.codes == [.conflict])
            }
            let queue = try await commands.updateQueue(made[0], in: id) { before in
                var content = before
                content.overflowQueueID = nil
                return content
            }.done()
            #expect(queue.content.overflowQueueID == nil)
            let freed = try await commands.updateQueue(desk.tenant.queue, in: id) { [target = made[2]] before in
                var content = before
                content.overflowQueueID = target
                return content
            }.done()
            #expect(freed.content.overflowQueueID == made[2])
        }
    }

    @Test("An address that was taken before stays, and is in nobody's way")
    func storedAddresses() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let agent = try await commands.createAgent(AgentContent(name: "A", email: "a@example.com"), in: id).done()
            try await desk.database.sql("UPDATE docket.agent SET email = 'anna@localhost'")
            let renamed = try await commands.updateAgent(agent.id, in: id) { before in
                var content = before
                content.name = "B"
                return content
            }.done()
            #expect(renamed.content.name == "B" && renamed.content.email == "anna@localhost")
            let error = try await refusal {
                _ = try await commands.updateAgent(agent.id, in: id) { before in
                    var content = before
                    content.email = "b@localhost"
                    return content
                }
            }
            #expect(error?.pointers == ["/email"])
        }
    }

    @Test("Wrong names, addresses, keys and capacities are refused")
    func people() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            for address in ["", "a", "a@", "@b", "a@b@c", "a b@c", "a@b\u{0}", String(repeating: "x", count: 300) + "@b"] {
                let error = try await refusal { _ = try await commands.createRequester(RequesterContent(name: "A", email: address), in: id) }
                #expect(error?.pointers == ["/email"], "\(address.debugDescription)")
            }
            // Nothing is sent to requesters; agents are told of escalations.
            for address in [
                "anna@localhost", "\"a.b\"@example.com", "anna@[192.0.2.1]", "jürgen@example.com", "anna@exämple.com", "a..b@example.com",
            ] {
                _ = try await commands.createRequester(RequesterContent(name: "A", email: address), in: id).done()
                let error = try await refusal { _ = try await commands.createAgent(AgentContent(name: "A", email: address), in: id) }
                #expect(error?.pointers == ["/email"], "\(address.debugDescription)")
                let fallback = try await refusal { try await commands.setFallbackContact(address, in: id) }
                #expect(fallback?.pointers == ["/fallback_email"], "\(address.debugDescription)")
                let levels = [EscalationLevel(targets: [.assignee, .email(address)], timeout: 60)]
                let chain = try await refusal {
                    _ = try await commands.createEscalationChain(EscalationChainContent(name: "C", levels: levels), in: id)
                }
                #expect(chain?.pointers == ["/levels/0/targets/1/address"], "\(address.debugDescription)")
            }
            for name in ["", "  ", "a\u{0}b", "a\nb", String(repeating: "x", count: 201)] {
                let error = try await refusal { _ = try await commands.createGroup(AgentGroupContent(name: name), in: id) }
                #expect(error?.pointers == ["/name"], "\(name.debugDescription)")
            }
            for key in ["", "-a", "A", "ä", "a b", String(repeating: "k", count: 65)] {
                let error = try await refusal { _ = try await commands.createSkill(SkillContent(key: key, name: "K"), in: id) }
                #expect(error?.pointers == ["/key"], "\(key.debugDescription)")
            }
            let skill = try await desk.tenant.addSkill("fr")
            let agent = AgentContent(
                name: "A",
                email: "a@example.com",
                capacity: -1,
                skills: [SkillLevel(skill, level: 1), SkillLevel(skill, level: 2)]
            )
            let refused = try await refusal { _ = try await commands.createAgent(agent, in: id) }
            #expect(refused?.pointers == ["/capacity", "/skills"])
            #expect(try await desk.number("SELECT count(*) FROM docket.agent") == 0)
        }
    }

    @Test("A chain and a policy name only what exists, each wrong place by its own pointer")
    func promiseReferences() async throws {
        try await DirectoryDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let levels = [
                EscalationLevel(targets: [.agent(agent), .group(GroupID(high: 1, low: 1))], timeout: 60),
                EscalationLevel(targets: [.webhook(WebhookEndpointID(high: 1, low: 1)), .agent(AgentID(high: 1, low: 1))], timeout: 60),
            ]
            let chain = try await refusal {
                _ = try await desk.commands.createEscalationChain(EscalationChainContent(name: "C", levels: levels), in: desk.id)
            }
            #expect(chain?.pointers == ["/levels/0/targets/1/id", "/levels/1/targets/0/id", "/levels/1/targets/1/id"])
            #expect(chain?.codes == [.unknownReference])
            let empty = try await refusal {
                _ = try await desk.commands.createEscalationChain(EscalationChainContent(name: "C", levels: []), in: desk.id)
            }
            #expect(empty?.pointers == ["/levels"])
            var policy = SLAPolicyDefinition(name: "P", targets: [SLATarget(metric: .resolution, seconds: 0)])
            policy.chain = EscalationChainID(high: 1, low: 1)
            policy.calendar = CalendarID(high: 1, low: 1)
            let refused = try await refusal { [policy] in
                _ = try await desk.commands.createSLAPolicy(SLAPolicyContent(position: -1, definition: policy), in: desk.id)
            }
            #expect(refused?.pointers == ["/position", "/targets/0/seconds", "/chain_id", "/calendar_id"])
        }
    }

    @Test("A new default queue takes the place of the present one")
    func defaultQueue() async throws {
        try await DirectoryDesk.with { desk in
            let queue = try await desk.commands.createQueue(QueueContent(name: "Other", isDefault: true), in: desk.id).done()
            #expect(queue.content.isDefault)
            let former = try await desk.queries.load(desk.tenant.queue, as: QueueContent.self, in: desk.id)
            #expect(!former.content.isDefault)
            #expect(former.version == 2)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_lane WHERE queue_id = '\(queue.id)'") == 1)
        }
    }

    @Test("A tenant has at most 1,000 queues, also when two are made at once")
    func bounds() async throws {
        try await DirectoryDesk.with { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.queue (tenant_id, id, name, created_at, updated_at)
                SELECT '\(desk.id)', md5(n::text)::uuid, 'Queue ' || n, now(), now() FROM generate_series(1, 998) n
                """
            )
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<4 {
                    group.addTask {
                        let error = try await refusal { _ = try await desk.commands.createQueue(QueueContent(name: "Last \(index)"), in: desk.id) }
                        return error.map { _ in false } ?? true
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.queue") == 1_000)
            let error = try await refusal { _ = try await desk.commands.createQueue(QueueContent(name: "More"), in: desk.id) }
            #expect(error?.codes == [.limitReached])
        }
    }
}
