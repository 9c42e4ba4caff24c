import Testing

@testable import Domain

/// When the new owner of a transferred ticket has begun with it (features.md A3.7).
@Suite struct TransferHistoryTests {
    private static let (former, taker, other) = (AgentID(high: 2, low: 1), AgentID(high: 2, low: 2), AgentID(high: 2, low: 3))
    private static let key = Actor.api(APIKeyID(high: 5, low: 1))

    private static func message(_ author: TicketMessage.Author.Kind?, isPublic: Bool = false) -> TicketEvent.Payload {
        .messageAdded(TicketEvent.MessageAdded(messageID: MessageID(high: 4, low: 1), isPublic: isPublic, author: author))
    }

    private static func given(to agent: AgentID, _ cause: TicketEvent.Assigned.Cause = .routing) -> TicketEvent.Payload {
        .assigned(TicketEvent.Assigned(agentID: agent, previousAgentID: nil, cause: cause, isOverCapacity: false, step: nil, rank: nil))
    }

    private static func taken(from agent: AgentID, _ cause: TicketEvent.Unassigned.Cause) -> TicketEvent.Payload {
        .unassigned(TicketEvent.Unassigned(agentID: agent, cause: cause))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let id: String
        let hasActed: Bool
        let events: [(Actor, TicketEvent.Payload)]
        init(_ id: String, _ hasActed: Bool, _ events: (Actor, TicketEvent.Payload)...) {
            self.id = id
            self.hasActed = hasActed
            self.events = events
        }
        var testDescription: String { id }
    }

    /// The ticket was transferred to a queue by its former owner.
    private static let rows = [
        Row("nothing happened", false),
        Row("routing gave it to somebody", false, (.dispatcher, given(to: taker))),
        Row("who has it wrote a note", true, (.dispatcher, given(to: taker)), (.agent(taker), message(.agent))),
        Row("somebody else wrote a note", false, (.dispatcher, given(to: taker)), (.agent(other), message(.agent))),
        Row("somebody else answered", false, (.dispatcher, given(to: taker)), (.agent(other), message(.agent, isPublic: true))),
        Row("he wrote a note before it was his", false, (.agent(taker), message(.agent)), (.dispatcher, given(to: taker))),
        Row("its former owner wrote a note", false, (.agent(former), message(.agent))),
        Row("the customer wrote", false, (.requester(RequesterID(high: 6, low: 1)), message(.requester, isPublic: true))),
        Row("the desk's key wrote in nobody's name", false, (key, message(.system))),
        Row("the desk's key wrote in an agent's name", true, (key, message(.agent, isPublic: true))),
        Row(
            "who had it wrote a note and went away",
            true,
            (.dispatcher, given(to: taker)),
            (.agent(taker), message(.agent)),
            (.system, taken(from: taker, .agentGone))
        ),
        Row(
            "who had it went away, and then wrote a note",
            false,
            (.dispatcher, given(to: taker)),
            (.system, taken(from: taker, .agentGone)),
            (.agent(taker), message(.agent))
        ),
        Row("he released it", true, (.dispatcher, given(to: taker)), (.agent(taker), taken(from: taker, .release))),
        Row("somebody claimed it", true, (.agent(taker), given(to: taker, .claim))),
        Row("somebody follows it", false, (.agent(other), .verb(.followerAdded(TicketEvent.Follower(agentID: other))))),
        Row("he follows it", false, (.dispatcher, given(to: taker)), (.agent(taker), .verb(.followerAdded(TicketEvent.Follower(agentID: taker))))),
        Row("somebody moved it", true, (key, .stateChanged(TicketEvent.StateChanged(from: .assigned, to: .inProgress, cause: .transition)))),
        Row(
            "somebody's reply moved it",
            false,
            (.agent(other), .stateChanged(TicketEvent.StateChanged(from: .assigned, to: .inProgress, cause: .reply)))
        ),
    ]

    @Test(arguments: rows)
    func acted(_ row: Row) throws {
        let id = TicketID(high: 3, low: 1)
        let from = TicketEvent.Place(agentID: Self.former, queueID: nil, groupID: nil)
        let to = TicketEvent.Place(agentID: nil, queueID: QueueID(high: 1, low: 1), groupID: nil)
        let transfer = TicketEvent.Transferred(from: from, to: to, state: .inProgress, reason: "x")
        var payloads: [(Actor, TicketEvent.Payload)] = [(.agent(Self.former), .verb(.transferred(transfer)))]
        payloads += row.events
        let events = payloads.enumerated().map { index, event in
            TicketEvent(
                ticketID: id,
                sequence: index + 1,
                version: Int64(index + 1),
                at: Timestamp(microseconds: 0),
                actor: event.0,
                payload: event.1
            )
        }
        let history = try #require(TransferHistory(events))
        #expect(history.hasActed() == row.hasActed)
    }
}
