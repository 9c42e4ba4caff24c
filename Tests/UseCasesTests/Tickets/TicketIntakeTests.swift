import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// How new tickets find their queues, on a real database.
@Suite struct TicketIntakeTests {
    private func create(_ content: TicketContent, at desk: DirectoryDesk) async throws -> Ticket {
        let commands = TicketCommands(environment: desk.environment)
        guard case .done(let change) = try await commands.create(NewTicket(content: content), in: desk.id, by: .system) else {
            throw UseCaseError.busy
        }
        return change.after
    }

    @Test("A ticket goes to the queue that matches, with what the rules give it; the event says so, and the history rebuilds the row")
    func placed() async throws {
        try await DirectoryDesk.with { desk in
            let skill = try await desk.tenant.addSkill("fr")
            var french = QueueContent(name: "French")
            french.intake.rules = [
                IntakeRule(
                    name: "French speakers",
                    conditions: [.field("primary_language", .equals, .text("fr"))],
                    set: IntakeSetting(requiredSkills: [SkillLevel(skill, level: 3)], priority: .p2)
                )
            ]
            let second = try await desk.commands.createQueue(french, in: desk.id).done()
            var first = QueueContent(name: "Access")
            first.intake.match = [.field("type", .equals, .text("access"))]
            first.intake.rules = [IntakeRule(name: "Password", keywords: ["Passwort", "mot de passe"], set: IntakeSetting(queueID: second.id))]
            let entry = try await desk.commands.createQueue(first, in: desk.id).done()

            let content = TicketContent(subject: "MOT DE PASSE oublié", type: "access", language: "fr-CA")
            let ticket = try await create(content, at: desk)
            #expect(ticket.content.queueID == second.id)
            #expect(ticket.content.priority == .p2)
            #expect(ticket.content.skills.required == [SkillLevel(skill, level: 3)])
            let queries = TicketQueries(environment: desk.environment)
            let history = try await queries.history(of: ticket.id, in: desk.id, after: 0, limit: 10)
            #expect(Ticket.replay(history) == ticket)
            #expect(try await queries.ticket(ticket.id, in: desk.id) == ticket)
            let record = try await RoutingExplanations(environment: desk.environment).intake(of: ticket.id, in: desk.id)
            #expect(
                record
                    == IntakeRecord(
                        path: [.init(queueID: entry.id, cause: .match), .init(queueID: second.id, cause: .rule)],
                        rules: [
                            .init(queueID: entry.id, position: 0, name: "Password"), .init(queueID: second.id, position: 0, name: "French speakers"),
                        ]
                    )
            )
            let waiting = try await desk.database.sql("SELECT queue_id, priority, required_levels FROM docket.routing_entry")
            #expect(waiting == [[second.id.description, "2", "{3}"]])
            let plain = try await create(TicketContent(subject: "Other"), at: desk)
            #expect(plain.content.queueID == desk.tenant.queue)
            #expect(try await RoutingExplanations(environment: desk.environment).intake(of: plain.id, in: desk.id) == nil)
        }
    }

    @Test("What a ticket weighs is what it says, else what the first of its queue's weights says that it meets, after the rules; else 1")
    func weights() async throws {
        try await DirectoryDesk.with { desk in
            var heavy = QueueContent(name: "Heavy")
            heavy.intake.match = [.field("type", .equals, .text("heavy"))]
            heavy.intake.rules = [IntakeRule(name: "Outage", keywords: ["outage"], set: IntakeSetting(priority: .p1))]
            heavy.intake.weights = [
                WeightRule(conditions: [.field("priority", .equals, .number(1))], weight: 5),
                WeightRule(conditions: [.field("channel", .equals, .text("phone"))], weight: 2),
            ]
            let queue = try await desk.commands.createQueue(heavy, in: desk.id).done()
            let stored = try await desk.queries.load(queue.id, as: QueueContent.self, in: desk.id)
            #expect(stored.content.intake.weights == heavy.intake.weights)
            let commands = TicketCommands(environment: desk.environment)
            func weight(_ subject: String, type: String = "heavy", on channel: Channel = .web, own: Int? = nil) async throws -> Int {
                let new = NewTicket(content: TicketContent(subject: subject, type: type, channel: channel), weight: own)
                guard case .done(let change) = try await commands.create(new, in: desk.id, by: .system) else { throw UseCaseError.busy }
                let stored = try await desk.database.sql("SELECT weight FROM docket.routing_entry WHERE ticket_id = '\(change.after.id)'")
                #expect(stored == [["\(change.after.content.weight)"]])
                #expect(Ticket.replay(change.events) == change.after)
                return change.after.content.weight
            }
            #expect(try await weight("An outage", on: .phone) == 5)
            #expect(try await weight("A question", on: .phone) == 2)
            #expect(try await weight("A question") == 1)
            #expect(try await weight("An outage", own: 3) == 3)
            #expect(try await weight("An outage", own: 1) == 1)
            // Conditions see a weight of its own.
            var large = QueueContent(name: "Large")
            large.intake.match = [.field("weight", .atLeast, .number(8))]
            let third = try await desk.commands.createQueue(large, in: desk.id).done()
            let new = NewTicket(content: TicketContent(subject: "x", type: "light"), weight: 8)
            guard case .done(let change) = try await commands.create(new, in: desk.id, by: .system) else { throw UseCaseError.busy }
            #expect(change.after.content.queueID == third.id && change.after.content.weight == 8)
            #expect(try await weight("An outage", type: "light") == 1)
        }
    }

    @Test("A weight that follows from the queue's weights follows an edit, waiting and in hand; one that somebody set does not")
    func weightsFollowEdits() async throws {
        try await DirectoryDesk.with { desk in
            var queue = QueueContent(name: "Heavy")
            queue.intake.weights = [
                WeightRule(conditions: [.field("priority", .equals, .number(1))], weight: 5),
                WeightRule(conditions: [.field("type", .equals, .text("question"))], weight: 2),
            ]
            let (here, other) = (
                try await desk.commands.createQueue(queue, in: desk.id).done(),
                try await desk.commands.createQueue(QueueContent(name: "Other"), in: desk.id).done()
            )
            let commands = TicketCommands(environment: desk.environment)
            func create(_ weight: Int? = nil) async throws -> TicketID {
                let new = NewTicket(content: TicketContent(subject: "x", type: "question", queueID: here.id), weight: weight)
                guard case .done(let change) = try await commands.create(new, in: desk.id, by: .system) else { throw UseCaseError.busy }
                return change.after.id
            }
            func edit(_ ticket: TicketID, _ edit: @escaping @Sendable (inout TicketContent) -> Void) async throws -> Int {
                let request = TicketRequest(ticket, in: desk.id, by: .system)
                guard
                    case .done(let change) = try await commands.update(
                        request,
                        reason: "it is so",
                        edit: {
                            var content = $0
                            edit(&content)
                            return content
                        }
                    )
                else { throw UseCaseError.busy }
                return change.after.content.weight
            }
            func waiting(_ ticket: TicketID) async throws -> [[String]] {
                try await desk.database.sql("SELECT weight FROM docket.routing_entry WHERE ticket_id = '\(ticket)'")
            }
            let ticket = try await create()
            #expect(try await edit(ticket) { $0.priority = .p1 } == 5)
            #expect(try await waiting(ticket) == [["5"]])
            #expect(try await edit(ticket) { $0.subject = "y" } == 5)
            #expect(try await edit(ticket) { ($0.priority, $0.type) = (.p3, "incident") } == 1)
            #expect(try await edit(ticket) { $0.type = "question" } == 2)
            // In hand: beyond the agent's capacity, too.
            let agent = try await desk.tenant.addAgent(capacity: 3)
            func load() async throws -> [[String]] { try await desk.database.sql("SELECT load FROM docket.agent_load WHERE agent_id = '\(agent)'") }
            _ = try await commands.assign(TicketRequest(ticket, in: desk.id, by: .system), to: agent)
            #expect(try await load() == [["2"]])
            #expect(try await edit(ticket) { $0.priority = .p1 } == 5)
            #expect(try await load() == [["5"]])
            #expect(try await edit(ticket) { $0.priority = .p2 } == 2)
            #expect(try await load() == [["2"]])
            // Who says a weight is believed, with the ticket and with an edit.
            let own = try await create(4)
            #expect(try await edit(own) { $0.priority = .p1 } == 4)
            #expect(try await edit(ticket) { ($0.priority, $0.weight) = (.p1, 7) } == 7)
            #expect(try await edit(ticket) { $0.priority = .p3 } == 7)
            // What moves on keeps its weight.
            let moving = try await create()
            #expect(try await edit(moving) { ($0.queueID, $0.priority) = (other.id, .p1) } == 2)
        }
    }

    @Test("Rules see the organization's present tier, for new tickets, for what is split off and for follow-ups")
    func tiers() async throws {
        try await DirectoryDesk.with { desk in
            let acme = try await desk.commands.createOrganization(OrganizationContent(name: "Acme"), in: desk.id).done()
            let ada = RequesterContent(name: "Ada", email: "ada@example.com", organizationID: acme.id)
            let requester = try await desk.commands.createRequester(ada, in: desk.id).done()
            var gold = QueueContent(name: "Gold")
            gold.intake.rules = [
                IntakeRule(name: "Gold", conditions: [.field("organization_tier", .equals, .text("gold"))], set: IntakeSetting(priority: .p1))
            ]
            let queue = try await desk.commands.createQueue(gold, in: desk.id).done()
            let content = TicketContent(subject: "x", requesterID: requester.id, queueID: queue.id)
            let ticket = try await create(content, at: desk)
            #expect(ticket.content.priority == .p3)
            let commands = TicketCommands(environment: desk.environment)
            let request = TicketRequest(ticket.id, in: desk.id, by: .system)
            func ask() async throws -> CommandOutcome {
                try await commands.addMessage(request, visibility: .public, author: .requester(nil), body: "And this?")
            }
            _ = try await ask()
            _ = try await desk.commands.updateOrganization(acme.id, in: desk.id) { content in
                var content = content
                content.tier = "gold"
                return content
            }
            #expect(try await create(content, at: desk).content.priority == .p1)
            let messages = try await TicketQueries(environment: desk.environment).messages(of: ticket.id, in: desk.id, after: nil, limit: 10).map(
                \.message
            )
            let split = SplitRequest(messages: messages.map(\.id), subject: "y")
            guard case .done(let made) = try await commands.split(request, split) else { throw UseCaseError.busy }
            #expect(made.after.content.priority == .p1)
            for state in [TicketState.resolved, .closed] { _ = try await commands.transition(request, to: state) }
            guard case .done(let next) = try await ask() else { throw UseCaseError.busy }
            #expect(next.after.links.followUpOf == ticket.id && next.after.content.priority == .p1)
        }
    }

    @Test("An edit does not send a ticket through intake again")
    func editsStay() async throws {
        try await DirectoryDesk.with { desk in
            var queue = QueueContent(name: "Access")
            queue.intake.match = [.field("type", .equals, .text("access"))]
            _ = try await desk.commands.createQueue(queue, in: desk.id).done()
            let ticket = try await create(TicketContent(subject: "x"), at: desk)
            let outcome = try await TicketCommands(environment: desk.environment)
                .update(TicketRequest(ticket.id, in: desk.id, by: .system, expectedVersion: ExpectedVersions(ticket.version))) { before in
                    var content = before
                    content.type = "access"
                    return content
                }
            guard case .done(let change) = outcome else { throw UseCaseError.busy }
            #expect(change.after.content.queueID == desk.tenant.queue)
        }
    }

    @Test("A ticket takes language and VIP from its requester as he is at that moment, and from another when he changes")
    func requesters() async throws {
        try await DirectoryDesk.with { desk in
            let requester = try await desk.commands.createRequester(
                RequesterContent(name: "A", email: "a@example.com", language: "PT-br"),
                in: desk.id
            ).done()
            var queue = QueueContent(name: "VIP")
            queue.intake.match = [.field("requester_vip", .equals, .flag(true))]
            let vips = try await desk.commands.createQueue(queue, in: desk.id).done()
            let before = try await create(TicketContent(subject: "x", requesterID: requester.id), at: desk)
            #expect(before.content.language == "pt-BR")
            #expect(!before.content.isRequesterVIP && before.content.queueID == desk.tenant.queue)
            // The copy in memory is old now: the database refuses it, and the ticket is decided again.
            _ = try await desk.commands.updateRequester(requester.id, in: desk.id) { content in
                var content = content
                content.isVIP = true
                content.language = nil
                return content
            }.done()
            let after = try await create(TicketContent(subject: "y", language: "de", requesterID: requester.id), at: desk)
            #expect(after.content.language == "de")
            #expect(after.content.isRequesterVIP && after.content.queueID == vips.id)
            #expect(try await desk.number("SELECT count(*) FROM docket.ticket WHERE requester_vip") == 1)
            let other = try await desk.commands.createRequester(RequesterContent(name: "B", email: "b@example.com"), in: desk.id).done()
            let outcome = try await TicketCommands(environment: desk.environment)
                .update(TicketRequest(after.id, in: desk.id, by: .system, expectedVersion: ExpectedVersions(after.version))) { before in
                    var content = before
                    content.requesterID = other.id
                    return content
                }
            guard case .done(let change) = outcome else { throw UseCaseError.busy }
            #expect(!change.after.content.isRequesterVIP)
            let history = try await TicketQueries(environment: desk.environment).history(of: after.id, in: desk.id, after: 0, limit: 10)
            #expect(Ticket.replay(history) == change.after)
        }
    }

    @Test("A key's queue takes its tickets while it is active; after that they find their queues like any other")
    func keyOfAnInactiveQueue() async throws {
        try await DirectoryDesk.with { desk in
            let queue = try await desk.commands.createQueue(QueueContent(name: "VIP"), in: desk.id).done()
            let profile = IntakeProfile(isVIP: true, queueID: queue.id)
            let commands = TicketCommands(environment: desk.environment)
            @Sendable func create(_ named: QueueID?) async throws -> Ticket {
                let new = NewTicket(content: TicketContent(subject: "x", queueID: named), profile: profile)
                guard case .done(let change) = try await commands.create(new, in: desk.id, by: .system) else { throw UseCaseError.busy }
                return change.after
            }
            #expect(try await create(nil).content.queueID == queue.id)
            #expect(try await refusal { _ = try await create(desk.tenant.queue) }?.pointers == ["/queue_id"])
            _ = try await desk.commands.updateQueue(queue.id, in: desk.id) { content in
                var content = content
                content.isActive = false
                return content
            }.done()
            for named in [nil, desk.tenant.queue] {
                let ticket = try await create(named)
                #expect(ticket.content.queueID == desk.tenant.queue && ticket.content.isRequesterVIP)
            }
        }
    }

    @Test("Another requester does not take from a ticket what the VIP's key gave it; what a former requester gave it goes with him")
    func vipKeyStays() async throws {
        try await DirectoryDesk.with { desk in
            let commands = TicketCommands(environment: desk.environment)
            let vip = try await desk.commands.createRequester(RequesterContent(name: "A", email: "a@example.com", isVIP: true), in: desk.id).done()
            let other = try await desk.commands.createRequester(RequesterContent(name: "B", email: "b@example.com"), in: desk.id).done()
            for isThroughKey in [true, false] {
                let profile = IntakeProfile(isVIP: isThroughKey)
                let new = NewTicket(content: TicketContent(subject: "x", requesterID: vip.id), profile: profile)
                guard case .done(let made) = try await commands.create(new, in: desk.id, by: .system) else { throw UseCaseError.busy }
                var ticket = made.after
                #expect(ticket.content.isRequesterVIP)
                for requester in [other.id, nil] {
                    let request = TicketRequest(ticket.id, in: desk.id, by: .system, expectedVersion: ExpectedVersions(ticket.version))
                    let outcome = try await commands.update(request) { before in
                        var content = before
                        content.requesterID = requester
                        return content
                    }
                    guard case .done(let change) = outcome else { throw UseCaseError.busy }
                    ticket = change.after
                    #expect(ticket.content.isRequesterVIP == isThroughKey)
                }
                let history = try await TicketQueries(environment: desk.environment).history(of: ticket.id, in: desk.id, after: 0, limit: 10)
                #expect(Ticket.replay(history) == ticket)
            }
        }
    }

    @Test("An event from before intake still rebuilds its ticket")
    func oldEvents() async throws {
        try await DirectoryDesk.with { desk in
            let ticket = try await create(TicketContent(subject: "x"), at: desk)
            try await desk.database.sql("UPDATE docket.ticket_event SET data = data - 'intake' - 'requesterVIP'")
            let history = try await TicketQueries(environment: desk.environment).history(of: ticket.id, in: desk.id, after: 0, limit: 10)
            #expect(Ticket.replay(history) == ticket)
        }
    }
}
