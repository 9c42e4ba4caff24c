import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What deliveries do to their endpoints, discovery, and what comes into the outbox (api.md 7).
@Suite struct OutboxEndpointTests {
    private let record = AttemptRecord(statusCode: 500, detail: "no\0thing", duration: 1_000)

    private func with(_ body: @Sendable @escaping (OutboxDesk, Deliveries) async throws -> Void) async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            let desk = try await OutboxDesk.make(in: database)
            try await database.withClient(role: "docket_courier") { client in
                try await body(desk, Deliveries(database: Database(client: client)))
            }
        }
    }

    private func claimOne(_ deliveries: Deliveries, _ lane: DeliveryLane) async throws -> Delivery {
        try #require(try await deliveries.claim(of: lane.tenant, rooms: [LaneRoom(lane, room: 1)], limit: 1, takesSuspect: false).deliveries.first)
    }

    @Test func fiveDaysOfOnlyFailuresDisableTheEndpoint() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(1, to: lane)
            let verdict = DeliveryVerdict.retry(after: 0, blamesEndpoint: true)
            let first = try await deliveries.settle(try await claimOne(deliveries, lane), verdict, record: record)
            #expect(first?.disabledEndpoint == false)
            try await desk.database.advanceClock(by: 5 * 86_400 - 60)
            let early = try await deliveries.settle(try await claimOne(deliveries, lane), verdict, record: record)
            #expect(early?.disabledEndpoint == false)
            try await desk.database.advanceClock(by: 120)
            let late = try await deliveries.settle(try await claimOne(deliveries, lane), verdict, record: record)
            #expect(late?.disabledEndpoint == true)
            // The status is what callers see: its change is a new version, as is every other.
            #expect(try await desk.value("SELECT status || ' ' || version FROM docket.webhook_endpoint") == "disabled 2")
        }
    }

    @Test func aSuccessEndsTheRowOfFailures() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(2, to: lane)
            let failing = try await claimOne(deliveries, lane)
            _ = try await deliveries.settle(failing, .retry(after: 60_000_000, blamesEndpoint: true), record: record)
            #expect(try await desk.value("SELECT failing_since IS NOT NULL FROM docket.webhook_endpoint") == "t")
            _ = try await deliveries.settle(try await claimOne(deliveries, lane), .delivered, record: record)
            #expect(try await desk.value("SELECT failing_since IS NULL FROM docket.webhook_endpoint") == "t")
        }
    }

    @Test("What waits in the schedule of a disabled endpoint is given up at once, in batches; what is being tried, and what waits for others, is not")
    func schedule() async throws {
        try await with { desk, deliveries in
            let (lane, other) = (try await desk.addEndpoint(), try await desk.addEndpoint())
            try await desk.addRows(DropDeliveries.limit + 5, to: lane)
            try await desk.addRows(3, to: other)
            let tried = try await claimOne(deliveries, lane)
            try await desk.sql("UPDATE docket.outbox SET next_attempt_at = docket.now() + interval '10 hours' WHERE held_by IS NULL")
            #expect(try await deliveries.giveUpOfDisabled() == 0)
            let endpoint = try #require(lane.endpoint).description
            try await desk.sql("UPDATE docket.webhook_endpoint SET status = 'disabled', updated_at = docket.now() WHERE id = '\(endpoint)'")
            try await desk.sql("UPDATE docket.tenant SET active = false")
            #expect(try await deliveries.giveUpOfDisabled() == 0)
            try await desk.sql("UPDATE docket.tenant SET active = true")
            #expect(try await deliveries.giveUpOfDisabled() == DropDeliveries.limit + 4)
            #expect(try await desk.rowCount == 4)
            let dead = try await desk.sql("SELECT reason, event_type, endpoint_id, count(*) FROM docket.outbox_dead GROUP BY 1, 2, 3")
            #expect(dead == [["the endpoint is disabled", "ticket.state_changed", endpoint, "\(DropDeliveries.limit + 4)"]])
            #expect(try await desk.value("SELECT count(*) FROM docket.delivery_attempt WHERE outcome = 'dropped'") == "\(DropDeliveries.limit + 4)")
            // What was being tried is planned anew, and found.
            _ = try await deliveries.settle(tried, .retry(after: 3_600_000_000, blamesEndpoint: true), record: record)
            #expect(try await deliveries.giveUpOfDisabled() == 1)
            #expect(try await desk.rowCount == 3)
            #expect(try await deliveries.giveUpOfDisabled() == 0)
        }
    }

    @Test func rowsOfADisabledEndpointAreDropped() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(5, to: lane)
            let gone = try await claimOne(deliveries, lane)
            let verdict = DeliveryVerdict.bury(reason: "410", disablesEndpoint: true)
            #expect(try await deliveries.settle(gone, verdict, record: record)?.disabledEndpoint == true)
            let claim = try await deliveries.claim(of: desk.tenant, rooms: [LaneRoom(lane, room: 4)], limit: 4, takesSuspect: true)
            #expect(claim.deliveries.isEmpty && claim.dropped == 4)
            #expect(try await desk.rowCount == 0)
            #expect(try await desk.value("SELECT status || ' ' || version FROM docket.webhook_endpoint") == "disabled 2")
            #expect(try await desk.value("SELECT count(*) FROM docket.delivery_attempt WHERE outcome = 'dropped'") == "4")
            let dead = try await desk.sql("SELECT reason, event_type, count(*) FROM docket.outbox_dead GROUP BY 1, 2 ORDER BY 1")
            #expect(dead == [["410", "ticket.state_changed", "1"], ["the endpoint is disabled", "ticket.state_changed", "4"]])
            // What waits for an endpoint that was deleted is gone with it.
            try await desk.addRows(2, to: lane)
            try await desk.sql("DELETE FROM docket.webhook_endpoint")
            let claimed = try await deliveries.claim(of: desk.tenant, rooms: [LaneRoom(lane, room: 4)], limit: 4, takesSuspect: true)
            #expect(claimed.dropped == 2)
            #expect(try await desk.value("SELECT count(*) FROM docket.outbox_dead") == "5")
        }
    }

    @Test("What an endpoint's former address answers counts for nothing once it has moved: what that wants no more goes to the new one")
    func movedEndpoint() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(2, to: lane)
            let claimed = try await deliveries.claim(of: desk.tenant, rooms: [LaneRoom(lane, room: 2)], limit: 2, takesSuspect: false).deliveries
            let (first, second) = (try #require(claimed.first), try #require(claimed.last))
            let moved = "url = 'https://example.com/moved', failing_since = docket.now() - interval '6 days'"
            try await desk.sql("UPDATE docket.webhook_endpoint SET \(moved)")
            let settled = try await deliveries.settle(first, .bury(reason: "410", disablesEndpoint: true), record: record)
            #expect(settled == SettledDelivery(isWritten: true, disabledEndpoint: false))
            _ = try await deliveries.settle(second, .retry(after: 0, blamesEndpoint: true), record: record)
            #expect(try await desk.value("SELECT status || ' ' || version FROM docket.webhook_endpoint") == "active 1")
            #expect(try await desk.value("SELECT count(*) FROM docket.outbox_dead") == "0")
            let again = try await deliveries.claim(of: desk.tenant, rooms: [LaneRoom(lane, room: 2)], limit: 2, takesSuspect: false).deliveries
            #expect(Set(again.map(\.lease.id)) == Set(claimed.map(\.lease.id)))
            // Without its lease nothing is written, whatever the address.
            let stale = try await deliveries.settle(first, .bury(reason: "410", disablesEndpoint: true), record: record)
            #expect(stale == SettledDelivery(isWritten: false, disabledEndpoint: false))
        }
    }

    @Test func oneReceiversBacklogHidesNobody() async throws {
        try await with { desk, deliveries in
            let busy = try await desk.addEndpoint()
            try await desk.addRows(500, to: busy)
            let quiet = try await desk.addEndpoint()
            try await desk.addRows(1, to: quiet)
            let waiting = try await desk.addEndpoint()
            try await desk.addRows(1, to: waiting)
            let soon = try #require(waiting.endpoint)
            try await desk.sql("UPDATE docket.outbox SET next_attempt_at = docket.now() + interval '1 hour' WHERE endpoint_id = '\(soon)'")
            let found = try await deliveries.discover(after: nil)
            #expect(Set(found.lanes.map(\.lane)) == [busy, quiet])
            #expect(found.next == nil)
            let untilNext = try #require(found.untilNext)
            #expect(untilNext > 3_500_000_000 && untilNext <= 3_600_000_000)
            let behind = try await deliveries.discover(after: found.lanes.first?.lane)
            #expect(behind.lanes == Array(found.lanes.dropFirst()))
        }
    }

    @Test func anEventThatCannotBeReadKeepsNobodyWaiting() async throws {
        try await with { desk, deliveries in
            let lane = try await desk.addEndpoint()
            try await desk.addRows(2, to: lane)
            try await desk.sql(
                """
                UPDATE docket.ticket_event SET kind = 'ticket.unheard_of'
                WHERE ticket_id = (SELECT ticket_id FROM docket.outbox ORDER BY ticket_id LIMIT 1)
                """
            )
            let claimed = try await deliveries.claim(of: desk.tenant, rooms: [LaneRoom(lane, room: 4)], limit: 4, takesSuspect: false).deliveries
            let unsendable = claimed.filter { if case .unsendable = $0.content { true } else { false } }
            #expect(claimed.count == 2 && unsendable.count == 1)
        }
    }

    @Test func aMailIsEnqueuedOnceAndNamesItsTicketWhenItIsGivenUp() async throws {
        try await with { desk, deliveries in
            let id = OutboxMessageID(high: 1, low: 2)
            let ticket = TicketID(high: 3, low: 4)
            let payload = MailPayload(to: ["a@example.com"], subject: "Late", text: "Ticket #1 is late.")
            try await desk.database.withClient(role: "docket_scheduler") { client in
                for _ in 0..<2 {
                    var unit = TenantUnit(desk.tenant)
                    let mails = [EnqueueMail.Mail(id: id, payload: payload, ticket: ticket)]
                    unit.add(EnqueueMail(tenant: desk.tenant, mails: mails, time: Timestamp(microseconds: 0)))
                    _ = try await Database(client: client).run(unit)
                }
            }
            let lane = DeliveryLane(tenant: desk.tenant, endpoint: nil)
            #expect(try await deliveries.discover(after: nil).lanes.map(\.lane) == [lane])
            let mail = try await claimOne(deliveries, lane)
            guard case .mail(let claimed) = mail.content else {
                Issue.record("not a mail")
                return
            }
            #expect(claimed == payload && mail.lease.id == id && mail.ticket == ticket)
            #expect(try await desk.rowCount == 1)
            _ = try await deliveries.settle(mail, .bury(reason: "refused", disablesEndpoint: false), record: record)
            #expect(try await desk.value("SELECT ticket_id FROM docket.outbox_dead WHERE kind = 'mail'") == ticket.description)
        }
    }
}
