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
            isSuppressed: false,
            cause: .retarget
        )
        let event = try event(.timerBreached(payload))
        let body = try #require(WebhookBody.render(event, number: 1_042))
        #expect(
            String(decoding: body, as: UTF8.self) == """
                {"data":{"cause":"retarget","instance":1,"metric":"resolution","number":1042,"scheduled_for":"1970-01-01T00:00:00.000Z","sequence":3,"suppressed":false,\
                "threshold":"breach","ticket_id":"00000000-0000-0001-0000-000000000002","version":2},"timestamp":"2026-11-21T10:00:00.123Z",\
                "type":"sla.breached"}
                """
        )
        #expect(WebhookBody.render(event, number: 1_042) == body)
    }

    @Test("Both sides of a merge name the other ticket, and what goes along")
    func tellsOfMerges() throws {
        let rules = TicketRules(lifecycle: .standard)
        let start = try #require(Timestamp("2026-11-21T10:00:00Z"))
        func ticket(_ low: UInt64) -> Ticket {
            rules.create(id: TicketID(high: 0, low: low), number: Int64(low), content: TicketContent(subject: "x"), by: .system, at: start).after
        }
        let belongings = MergeBelongings(oldestUnanswered: start, followers: ([AgentID(high: 0, low: 9)], []))
        let change = try rules.merge(ticket(2), into: ticket(3), belongings: belongings, by: .system, at: start.adding(microseconds: 1_000_000))
        let bodies = try [change.source, change.target].map { change in
            let event = try #require(change.events.first)
            return String(decoding: try #require(WebhookBody.render(event, number: change.after.number)), as: UTF8.self)
        }
        #expect(
            bodies == [
                """
                {"data":{"into_id":"00000000-0000-0000-0000-000000000003","number":2,"sequence":2,"ticket_id":"00000000-0000-0000-0000-000000000002",\
                "version":2},"timestamp":"2026-11-21T10:00:01.000Z","type":"ticket.merged"}
                """,
                """
                {"data":{"follower_ids":["00000000-0000-0000-0000-000000000009"],"number":3,"oldest_unanswered":"2026-11-21T10:00:00.000Z",\
                "requester_ids":[],"sequence":2,"source_id":"00000000-0000-0000-0000-000000000002","ticket_id":"00000000-0000-0000-0000-000000000003",\
                "version":2},"timestamp":"2026-11-21T10:00:01.000Z","type":"ticket.absorbed"}
                """,
            ]
        )
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
