import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Whatever may let a waiting ticket be assigned says so in its own transaction (routing.md E); nothing else does.
@Suite struct RoutingSignalTests {
    @Test("Other room, other skills and coming back signal the queues of an agent; a new name or place does not")
    func agents() async throws {
        try await DirectoryDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let skill = try await desk.tenant.addSkill("fr")
            try await desk.letTicketWait()
            let edits: [(signals: Int, edit: @Sendable (inout AgentContent) -> Void)] = [
                (0, { $0.name = "Other" }),
                (1, { $0.capacity = 9 }),
                (1, { $0.capacity = 3 }),
                (1, { $0.skills = [SkillLevel(skill, level: 2)] }),
                (1, { $0.serviceAreas = ["north"] }),
                (0, { $0.place = GeoPoint(latitudeMicrodegrees: 1, longitudeMicrodegrees: 2) }),
                (0, { $0.isActive = false }),
                (0, { $0.capacity = 50 }),
                (1, { $0.isActive = true }),
            ]
            for (index, (signals, edit)) in edits.enumerated() {
                _ = try await desk.commands.updateAgent(agent, in: desk.id) {
                    var content = $0
                    edit(&content)
                    return content
                }.done()
                #expect(try await desk.takeSignals() == signals, "edit \(index)")
            }
            #expect(try await desk.queries.workloads(of: [agent], in: desk.id).map(\.capacity) == [50])
        }
    }

    @Test("Another calendar and other hours of a queue's calendar signal it")
    func hours() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id, queue) = (desk.commands, desk.id, desk.tenant.queue)
            let hours = CalendarContent(name: "Hours", definition: CalendarDefinition(zone: "UTC", alwaysOpen: true))
            let calendar = try await commands.createCalendar(hours, in: id).done()
            try await desk.letTicketWait()
            _ = try await commands.updateQueue(queue, in: id) { before in
                var content = before
                content.calendarID = calendar.id
                return content
            }
            #expect(try await desk.takeSignals() == 1)
            _ = try await commands.updateCalendar(calendar.id, in: id) { before in
                var content = before
                content.name = "Other hours"
                return content
            }
            #expect(try await desk.takeSignals() == 1)
        }
    }

    @Test("New rules of a queue and new members signal it; a new name does not")
    func queues() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id, queue) = (desk.commands, desk.id, desk.tenant.queue)
            let agent = try await desk.tenant.addAgent()
            let edits: [(signals: Int, edit: @Sendable (inout QueueContent) -> Void)] = [
                (0, { $0.name = "Other" }),
                (1, { $0.steps = [RelaxationStep(afterSeconds: 60, tier: 1)] }),
                (1, { $0.mode = .roundRobin }),
            ]
            for (index, (signals, edit)) in edits.enumerated() {
                _ = try await commands.updateQueue(queue, in: id) {
                    var content = $0
                    edit(&content)
                    return content
                }.done()
                #expect(try await desk.takeSignals() == signals, "edit \(index)")
            }
            try await commands.putQueueMembers([QueueMember(agentID: agent, tier: 2)], of: queue, in: id)
            #expect(try await desk.takeSignals() == 1)
            #expect(try await desk.queries.queueMembers(of: queue, in: id, limit: 10) == [QueueMember(agentID: agent, tier: 2)])
            try await commands.removeQueueMembers([agent], of: queue, in: id)
            // Whom only he could help may go to others now.
            #expect(try await desk.takeSignals() == 1)
            #expect(try await desk.queries.queueMembers(of: queue, in: id, limit: 10).isEmpty)
        }
    }

    @Test("A queue that is closed to new tickets is still looked at: what waits in it may move on")
    func inactiveQueues() async throws {
        try await DirectoryDesk.with { desk in
            let queue = try await desk.commands.createQueue(QueueContent(name: "Old"), in: desk.id).done().id
            let home = desk.tenant.queue
            _ = try await desk.takeSignals()
            let edits: [(signals: Int, edit: @Sendable (inout QueueContent) -> Void)] = [
                (1, { ($0.isActive, $0.overflowQueueID) = (false, home) }),
                (1, { $0.overflowAfterSeconds = 60 }),
                (1, { $0.steps = [RelaxationStep(afterSeconds: 60, tier: 1)] }),
                (0, { $0.name = "Older" }),
                (1, { $0.isActive = true }),
            ]
            for (index, (signals, edit)) in edits.enumerated() {
                _ = try await desk.commands.updateQueue(queue, in: desk.id) {
                    var content = $0
                    edit(&content)
                    return content
                }.done()
                #expect(try await desk.takeSignals() == signals, "edit \(index)")
            }
        }
    }

    @Test("Members must exist, once, with a tier that there is; groups know theirs")
    func members() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id, queue) = (desk.commands, desk.id, desk.tenant.queue)
            let agent = try await desk.tenant.addAgent()
            let unknown = QueueMember(agentID: AgentID(high: 1, low: 1))
            let foreign = try await refusal {
                try await commands.putQueueMembers([QueueMember(agentID: agent, tier: 1), unknown], of: queue, in: id)
            }
            #expect(foreign?.pointers == ["/members/1/agent_id"])
            #expect(try await desk.queries.queueMembers(of: queue, in: id, limit: 10) == [QueueMember(agentID: agent)], "nothing changed")
            let tier = try await refusal { try await commands.putQueueMembers([QueueMember(agentID: agent, tier: 10)], of: queue, in: id) }
            #expect(tier?.pointers == ["/members/0/tier"])
            let none = try await refusal { try await commands.addGroupMembers([], of: GroupID(high: 1, low: 1), in: id) }
            #expect(none?.pointers == ["/members"])
            guard case .notFound = try await refusal({ try await commands.addGroupMembers([agent], of: GroupID(high: 1, low: 1), in: id) }) else {
                Issue.record("an unknown group took a member")
                return
            }
            let group = try await commands.createGroup(AgentGroupContent(name: "G"), in: id).done()
            try await commands.addGroupMembers([agent], of: group.id, in: id)
            try await commands.addGroupMembers([agent], of: group.id, in: id)
            #expect(try await desk.queries.groupMembers(of: group.id, in: id, limit: 10) == [agent])
            let expected = AgentMemberships(groups: [group.id], queues: [AgentMemberships.QueueMembership(queueID: queue, tier: 0)])
            #expect(try await desk.queries.memberships(of: agent, in: id) == expected)
            try await commands.removeGroupMembers([agent], of: group.id, in: id)
            #expect(try await desk.queries.groupMembers(of: group.id, in: id, limit: 10).isEmpty)
        }
    }
}
