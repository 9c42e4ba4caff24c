import Testing

@testable import Domain

/// Capacities of single channels beside the whole (routing.md, inputs and C).
@Suite struct ChannelLimitTests {
    @Test func aFullChannelLeavesRoomOnTheOthers() {
        let agent = Desk.agent("a", load: 1) { $0.channelLimits = [ChannelLimit(.phone, capacity: 1, load: 1)] }
        let call = ticket("call", on: .phone)
        let letter = ticket("letter", on: .email)
        #expect(Desk.match([call, letter], [agent]) == ["letter": "a"])
    }

    @Test func limitsHoldInsideABatch() {
        let agent = Desk.agent("a", capacity: 3) { $0.channelLimits = [ChannelLimit(.phone, capacity: 1)] }
        let tickets = [
            ticket("c1", on: .phone), ticket("c2", on: .phone), ticket("l1", on: .email), ticket("l2", on: .email), ticket("l3", on: .email),
        ]
        #expect(Desk.match(tickets, [agent]) == ["c1": "a", "l1": "a", "l2": "a"])
    }

    @Test func theLoadOfTheChannelIsCompared() {
        // a: 1 of 4 calls, b: 1 of 2 calls; over all, b has less.
        let a = Desk.agent("a", load: 6, capacity: 20) { $0.channelLimits = [ChannelLimit(.phone, capacity: 4, load: 1)] }
        let b = Desk.agent("b", load: 1, capacity: 20) { $0.channelLimits = [ChannelLimit(.phone, capacity: 2, load: 1)] }
        #expect(Desk.match([ticket("call", on: .phone)], [a, b]) == ["call": "a"])
        #expect(Desk.match([ticket("letter", on: .email)], [a, b]) == ["letter": "b"])
    }

    @Test func aChannelThatIsOffKeepsOnlyItsOwnTickets() {
        let agent = Desk.agent("a") { $0.channelsOff = [.phone] }
        #expect(Desk.match([ticket("call", on: .phone), ticket("letter", on: .email)], [agent]) == ["letter": "a"])
    }

    /// A higher-ranked call takes the only place for calls that a lower-ranked one could have left for another agent.
    @Test func roomIsMadeAcrossChannels() {
        let both = Desk.agent("a", capacity: 1)
        let letters = Desk.agent("b", capacity: 1) { $0.channelsOff = [.phone] }
        // The letter is first in order and would go to a, the least by id; the call can go to a only.
        #expect(Desk.match([ticket("letter", on: .email), ticket("call", on: .phone)], [both, letters]) == ["letter": "b", "call": "a"])
    }

    /// Nobody is ever over a limit, and nobody waits while somebody could take his ticket.
    @Test(arguments: 0..<200) func limitsHoldAndRoomIsUsed(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let channels: [Channel] = [.phone, .email, .web]
        let agents = (0..<Int.random(in: 1...6, using: &random)).map { index in
            Desk.agent("a\(index)", capacity: Int.random(in: 1...4, using: &random)) { agent in
                for channel in channels where Bool.random(using: &random) {
                    agent.channelLimits.append(ChannelLimit(channel, capacity: Int.random(in: 0...2, using: &random)))
                }
                if Int.random(in: 0..<4, using: &random) == 0 { agent.channelsOff = [.web] }
            }
        }
        let tickets = (0..<Int.random(in: 1...16, using: &random)).map { index in
            ticket("t\(index)", on: channels.randomElement(using: &random) ?? .web, weight: Int.random(in: 1...2, using: &random))
        }
        var pool = RoutingPool(agents: agents, rules: RoutingQueueRules())
        let result = pool.match(tickets, now: Desk.at(0))
        let channelOf = Dictionary(uniqueKeysWithValues: tickets.map { ($0.id, $0.channel) })
        var room: [AgentID: (all: Int, channels: [Channel: Int])] = [:]
        for agent in agents {
            room[agent.id] = (agent.capacity, Dictionary(uniqueKeysWithValues: agent.channelLimits.map { ($0.channel, $0.capacity) }))
        }
        for assignment in result.assignments {
            guard let channel = channelOf[assignment.ticket] else { continue }
            room[assignment.agent]?.all -= assignment.weight
            room[assignment.agent]?.channels[channel]? -= assignment.weight
        }
        for (agent, left) in room {
            #expect(left.all >= 0, "seed \(seed): \(agent) has too much")
            #expect(left.channels.values.allSatisfy { $0 >= 0 }, "seed \(seed): \(agent) has too much on a channel")
        }
        for wait in result.waiting {
            guard let ticket = tickets.first(where: { $0.id == wait.ticket }) else { continue }
            for agent in agents where !agent.channelsOff.contains(ticket.channel) {
                let left = room[agent.id]?.all ?? 0
                let onChannel = room[agent.id]?.channels[ticket.channel] ?? left
                #expect(min(left, onChannel) < ticket.weight, "seed \(seed): a ticket waits although \(agent.id) has room")
            }
        }
    }

    private func ticket(_ name: String, on channel: Channel, weight: Int = 1) -> RoutingTicket {
        RoutingTicket(id: Desk.ticketID(name), eligibleAt: Desk.at(0), rankAt: Desk.at(0), channel: channel, weight: weight)
    }
}
