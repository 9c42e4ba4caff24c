import Domain
import Testing
import UseCases

/// The body of a webhook (api.md 7).
@Suite struct WebhookBodyTests {
    private let ticket = TicketID(high: 1, low: 2)

    private func event(_ payload: TicketEvent.Payload) throws -> TicketEvent {
        let time = try #require(Timestamp("2026-11-21T10:00:00.123456Z"))
        return TicketEvent(ticketID: ticket, sequence: 3, version: 2, at: time, actor: .system, payload: payload)
    }

    @Test func saysWhatHappenedInSortedKeys() throws {
        let payload = TicketEvent.TimerFired(
            metric: "resolution",
            instance: 1,
            threshold: "breach",
            targetVersion: 1,
            scheduledFor: Timestamp(microseconds: 0),
            isSuppressed: false
        )
        let event = try event(.timerBreached(payload))
        let body = try #require(WebhookBody.render(event, number: 1_042))
        #expect(
            String(decoding: body, as: UTF8.self) == """
                {"data":{"instance":1,"metric":"resolution","number":1042,"scheduled_for":"1970-01-01T00:00:00.000Z","sequence":3,"suppressed":false,\
                "threshold":"breach","ticket_id":"00000000-0000-0001-0000-000000000002","version":2},"timestamp":"2026-11-21T10:00:00.123Z",\
                "type":"sla.breached"}
                """
        )
        #expect(WebhookBody.render(event, number: 1_042) == body)
    }

    @Test func dropsDetailsThatWouldBeTooLarge() throws {
        let agents = (0..<1_000).map { AgentID(high: 9, low: $0) }
        let payload = TicketEvent.Escalated(
            runID: EscalationRunID(high: 1, low: 1),
            chainID: EscalationChainID(high: 1, low: 1),
            round: 1,
            level: 1,
            outcome: "fired",
            scheduledFor: Timestamp(microseconds: 0),
            isLate: false,
            notified: agents
        )
        let event = try event(.escalated(payload))
        let body = try #require(WebhookBody.render(event, number: 1))
        #expect(body.count <= WebhookBody.maximumBytes)
        #expect(String(decoding: body, as: UTF8.self).contains(#""truncated":true"#))
    }
}
