import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Whatever verbs come in whatever order, row, loads, queue and clocks follow from the history.
@Suite struct VerbPropertyTests {
    @Test("After random verbs everything derived equals its recomputation (I3, I5)", arguments: [1, 2, 3] as [UInt64])
    func randomVerbs(seed: UInt64) async throws {
        try await VerbDesk.with { desk in
            var random = SeededGenerator(seed: seed)
            var tickets: [TicketID] = []
            for _ in 0..<4 { tickets.append(try await desk.ticket(assignedTo: desk.agents.randomElement(using: &random))) }
            var done = 0
            for step in 0..<160 {
                guard let id = tickets.randomElement(using: &random) else { return }
                let command = Int.random(in: 0..<16, using: &random)
                let other = tickets.randomElement(using: &random) ?? id
                let agent = desk.agents[Int.random(in: 0..<3, using: &random)]
                let flag = Bool.random(using: &random)
                do {
                    if (11...13).contains(command) {
                        tickets += try await self.join(command, id, other, desk)
                    } else {
                        try await self.run(command, on: id, agent: agent, flag: flag, desk)
                    }
                    done += 1
                } catch UseCaseError.refused {
                    continue
                }
                try await desk.expectConsistent(id, "seed \(seed), step \(step), command \(command)")
            }
            for id in tickets { try await desk.expectConsistent(id, "seed \(seed), at the end") }
            #expect(done > 40, "seed \(seed)")
            let merged = try await desk.database.sql("SELECT count(*) FROM docket.ticket WHERE merged_into IS NOT NULL")
            #expect(merged != [["0"]] && tickets.count > 4, "seed \(seed)")
        }
    }

    /// Merges a ticket into another, splits it, or closes and follows it up.
    ///
    /// - Returns: new tickets.
    private func join(_ command: Int, _ id: TicketID, _ other: TicketID, _ desk: VerbDesk) async throws -> [TicketID] {
        let tenant = desk.tenant.id
        switch command {
        case 11:
            _ = try await desk.merge(id, into: other)
            return []
        case 12:
            let messages = try await desk.queries.messages(of: id, in: tenant, after: nil, limit: TicketOrigin.maximumMessages).map(\.message)
            guard !messages.isEmpty else { return [] }
            let request = SplitRequest(messages: messages.map(\.id), subject: "x")
            return [try desk.done(try await desk.commands.split(TicketRequest(id, in: tenant, by: .system), request)).id]
        default:
            for state in [TicketState.resolved, .closed] {
                _ = try await desk.commands.transition(TicketRequest(id, in: tenant, by: .system), to: state)
            }
            return [try await desk.say(id).id]
        }
    }

    private func run(_ command: Int, on id: TicketID, agent: AgentID, flag: Bool, _ desk: VerbDesk) async throws {
        let tenant = desk.tenant.id
        let owner = try await desk.row(id).assigneeID
        let actor = owner.map { Actor.agent($0) } ?? .system
        let commands = desk.commands
        switch command {
        case 0:
            _ = try await commands.transfer(
                TicketRequest(id, in: tenant, by: actor),
                to: TransferTo(.agent(agent)),
                reason: "x",
                note: flag ? "n" : nil
            )
        case 1:
            let queue = flag ? desk.secondQueue : desk.tenant.queue
            _ = try await commands.transfer(TicketRequest(id, in: tenant, by: actor), to: TransferTo(.queue(queue), group: desk.group), reason: "x")
        case 2: _ = try await commands.giveBack(TicketRequest(id, in: tenant, by: actor), reason: "x")
        case 3: _ = try await commands.withdraw(TicketRequest(id, in: tenant, by: .api(APIKeyID(high: 1, low: 1))))
        case 4: _ = try await commands.assign(TicketRequest(id, in: tenant, by: .system), to: agent)
        case 5: _ = try await commands.transition(TicketRequest(id, in: tenant, by: actor), to: flag ? .waitingCustomer : .inProgress)
        case 6:
            _ = try await commands.addMessage(TicketRequest(id, in: tenant, by: .system), visibility: .public, author: .requester(nil), body: "x")
        case 7:
            _ = try await commands.consult(
                TicketRequest(id, in: tenant, by: actor),
                agent: agent,
                consultation: commands.newConsultation(),
                question: "?"
            )
        case 8:
            let found = try await desk.queries.consultations(of: id, in: tenant, after: nil, limit: 100).last { $0.state == .open }
            guard let found else { return }
            if flag {
                _ = try await commands.answer(
                    TicketRequest(id, in: tenant, by: .agent(found.agentID)),
                    consultation: found.id,
                    body: "x",
                    by: found.agentID
                )
            } else {
                _ = try await commands.cancel(TicketRequest(id, in: tenant, by: found.askedBy), consultation: found.id)
            }
        case 9: _ = try await commands.urge(TicketRequest(id, in: tenant, by: .system), text: "x")
        case 14: try await desk.overflow(id, to: flag ? desk.secondQueue : desk.tenant.queue)
        case 15:
            let queue = try await desk.row(id).content.queueID
            try await desk.put(id, into: queue == nil ? desk.secondQueue : nil, by: flag ? actor : .system)
        default: _ = try await commands.release(TicketRequest(id, in: tenant, by: .system))
        }
    }
}

private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
