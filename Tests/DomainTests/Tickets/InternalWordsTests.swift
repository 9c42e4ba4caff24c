import Testing

@testable import Domain

/// What a provider's agent reads of events of a ticket that he works on no more (features.md A3.15).
@Suite struct InternalWordsTests {
    private static let viewer = AgentID(high: 1, low: 1)
    private static let other = AgentID(high: 2, low: 2)

    private static func seen(_ payload: TicketEvent.Payload, by actor: Actor = .agent(other)) -> TicketEvent.Payload {
        let event = TicketEvent(
            ticketID: TicketID(high: 3, low: 3),
            sequence: 4,
            version: 5,
            at: Timestamp(microseconds: 6),
            actor: actor,
            payload: payload
        )
        return event.withoutInternalWords(for: viewer).payload
    }

    private static func place(_ agent: AgentID?) -> TicketEvent.Place { TicketEvent.Place(agentID: agent, queueID: nil, groupID: nil) }

    private static func words(of payload: TicketEvent.Payload) -> String? {
        switch payload {
        case .updated(let value): value.reason
        case .offerEnded(let value): value.reason
        case .verb(.transferred(let value)): value.reason
        case .verb(.returned(let value)): value.reason
        case .verb(.urged(let value)): value.text
        case .verb(.escalationRequested(let value)): value.reason
        case .verb(.changeReported(let value)): value.note
        default: nil
        }
    }

    /// Every kind with words in it, addressed to somebody else and, where it has an addressee, to him.
    private static func payloads(for agent: AgentID) -> [TicketEvent.Payload] {
        let content = TicketContent(subject: "x")
        return [
            .offerEnded(TicketEvent.OfferEnded(agentID: agent, outcome: .declined, reason: "words")),
            .verb(.transferred(TicketEvent.Transferred(from: place(nil), to: place(agent), state: .assigned, reason: "words"))),
            .verb(.returned(TicketEvent.Returned(from: place(nil), to: place(agent), reason: "words"))),
            .verb(.urged(TicketEvent.Urged(text: "words", count: 1, agentID: agent))),
        ]
            + (agent == viewer
                ? []
                : [
                    .updated(TicketEvent.Updated(changed: ["priority"], before: content, after: content, reason: "words")),
                    .verb(
                        .escalationRequested(
                            TicketEvent.EscalationRequested(
                                runID: EscalationRunID(high: 7, low: 7),
                                chainID: EscalationChainID(high: 8, low: 8),
                                cause: .complaint,
                                reason: "words"
                            )
                        )
                    ),
                    .verb(.changeReported(TicketEvent.ChangeReported(.requirementChanged, note: "words", starting: []))),
                ])
    }

    @Test func whatOthersWroteToOthersIsLeftOut() {
        for payload in Self.payloads(for: Self.other) {
            #expect(Self.words(of: payload) == "words")
            #expect(Self.words(of: Self.seen(payload)) ?? "" == "", "\(payload)")
            #expect(Self.seen(payload).kind == payload.kind)
        }
    }

    @Test func whatHeWroteAndWhatWasMeantForHimStays() {
        for payload in Self.payloads(for: Self.other) { #expect(Self.seen(payload, by: .agent(Self.viewer)) == payload) }
        for payload in Self.payloads(for: Self.viewer) { #expect(Self.seen(payload) == payload) }
    }
}
