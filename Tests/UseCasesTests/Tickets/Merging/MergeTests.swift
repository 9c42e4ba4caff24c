import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// Features.md A4.11 and D24, sla.md "Merge".
@Suite struct MergeTests {
    @Test("The source is closed and points to the target, its clocks are cancelled, and both histories and clocks replay")
    func merged() async throws {
        try await VerbDesk.with { desk in
            let (owner, other) = (desk.agents[0], desk.agents[1])
            let source = try await desk.ticket(assignedTo: owner)
            let target = try await desk.ticket(assignedTo: other)
            let before = try await desk.row(source)
            let merged = try desk.done(try await desk.merge(source, into: target, by: .agent(owner)))
            #expect(merged.state == .closed && merged.links.mergedInto == target && merged.closedAt != nil && merged.version == before.version + 1)
            #expect(try await desk.kinds(source, last: 2) == ["ticket.merged", "ticket.state_changed"])
            #expect(try await desk.kinds(target, last: 1) == ["ticket.absorbed"])
            #expect(try await desk.row(target).version == 3)
            let ended = try #require(try await desk.ledger(source)).promised
            #expect(!ended.isEmpty && ended.allSatisfy { $0.cancellation == .merged && $0.nextFireAt == nil })
            #expect(
                try await desk.database.sql("SELECT DISTINCT state, outcome FROM docket.sla_timer WHERE ticket_id = '\(source)'") == [
                    ["cancelled", "cancelled"]
                ]
            )
            #expect(try await desk.relations(source) == [target: [.mergedInto]])
            #expect(try await desk.relations(target) == [source: [.mergedFrom]])
            for id in [source, target] { try await desk.expectConsistent(id) }
            // The clocks of the source never move again, whatever happens to it.
            _ = try await desk.commands.transition(TicketRequest(source, in: desk.tenant.id, by: .system), to: .archived)
            try await desk.expectConsistent(source)
        }
    }

    @Test("The target's next response counts from the source's oldest unanswered message, or from its own where that is older")
    func earliestWait() async throws {
        try await VerbDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(
                #"{"name":"Answers","targets":[{"metric":"next_response","seconds":3600,"mode":"calendar"}]}"#
            )
            try await desk.database.sql("UPDATE docket.sla_policy SET active = false WHERE definition ->> 'name' = 'Standard'")
            try await desk.database.sql("UPDATE docket.tenant_configuration SET version = version + 1")
            try await desk.database.freezeClock()
            var tickets: [TicketID] = []
            for _ in 0..<3 { tickets.append(try await desk.ticket(assignedTo: desk.agents[0])) }
            let (source, answered, target) = (tickets[0], tickets[1], tickets[2])
            for id in tickets { _ = try await desk.say(id, .agent(desk.agents[0])) }
            try await desk.advance(by: 60)
            _ = try await desk.say(source)
            let wait = try #require(try await desk.history(source).last?.at)
            try await desk.advance(by: 60)
            _ = try await desk.say(target)
            // Nobody waits in the one that was answered: it changes nothing.
            _ = try await desk.merge(answered, into: target)
            let own = try #require(try await desk.ledger(target)?.promised.last { $0.metric == .nextResponse })
            #expect(own.startedAt > wait)
            try await desk.advance(by: 60)
            _ = try await desk.merge(source, into: target)
            let timer = try #require(try await desk.ledger(target)?.promised.last { $0.metric == .nextResponse })
            #expect(timer.startedAt == wait && timer.instance == own.instance)
            #expect(timer.dueAt == wait.adding(microseconds: 3_600_000_000))
            for id in tickets { try await desk.expectConsistent(id) }
        }
    }

    @Test("Time in which the target stood still is a pause of the clock that the merge starts, though no stored clock knows of it")
    func pausesOfThePast() async throws {
        try await VerbDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(
                #"{"name":"Answers","targets":[{"metric":"next_response","seconds":14400,"mode":"calendar"}],"pauses":[{"metric":"next_response","category":"pending"}]}"#
            )
            try await desk.database.sql("UPDATE docket.sla_policy SET active = false WHERE definition ->> 'name' = 'Standard'")
            try await desk.database.sql("UPDATE docket.tenant_configuration SET version = version + 1")
            try await desk.database.freezeClock()
            let (source, target) = (try await desk.ticket(assignedTo: desk.agents[0]), try await desk.ticket(assignedTo: desk.agents[0]))
            for id in [source, target] { _ = try await desk.say(id, .agent(desk.agents[0])) }
            try await desk.advance(by: 3_600)
            _ = try await desk.say(source)
            let wait = try #require(try await desk.history(source).last?.at)
            for (state, seconds) in [(TicketState.waitingCustomer, 1_800.0), (.inProgress, 3_600), (.resolved, 600), (.inProgress, 600)] {
                try await desk.advance(by: seconds)
                _ = try await desk.commands.transition(TicketRequest(target, in: desk.tenant.id, by: .system), to: state)
            }
            try await desk.advance(by: 60)
            _ = try await desk.merge(source, into: target)
            let timer = try #require(try await desk.ledger(target)?.promised.last { $0.metric == .nextResponse })
            #expect(timer.startedAt == wait && timer.consumed == 2_400_000_000)
            // An hour while it waited for its own customer, and ten minutes while it was solved.
            #expect(timer.dueAt == wait.adding(microseconds: (14_400 + 3_600 + 600) * 1_000_000))
            for id in [source, target] { try await desk.expectConsistent(id) }
        }
    }

    @Test("So it is in a ticket of 100,000 events and more, and its own oldest question is found behind as many")
    func longHistories() async throws {
        try await VerbDesk.with(hasTestClock: true) { desk in
            try await desk.tenant.addPolicy(
                #"{"name":"Answers","targets":[{"metric":"next_response","seconds":14400,"mode":"calendar"}],"pauses":[{"metric":"next_response","category":"pending"}]}"#
            )
            try await desk.database.sql("UPDATE docket.sla_policy SET active = false WHERE definition ->> 'name' = 'Standard'")
            try await desk.database.sql("UPDATE docket.tenant_configuration SET version = version + 1")
            try await desk.database.freezeClock()
            let (source, target) = (try await desk.ticket(assignedTo: desk.agents[0]), try await desk.ticket(assignedTo: desk.agents[0]))
            for id in [source, target] {
                _ = try await desk.say(id, .agent(desk.agents[0]))
                try await desk.fill(id, with: 100_000)
            }
            try await desk.advance(by: 3_600)
            _ = try await desk.say(source)
            let wait = try await desk.row(source).updatedAt
            for (state, seconds) in [(TicketState.waitingCustomer, 1_800.0), (.inProgress, 3_600)] {
                try await desk.advance(by: seconds)
                _ = try await desk.commands.transition(TicketRequest(target, in: desk.tenant.id, by: .system), to: state)
            }
            try await desk.advance(by: 60)
            // Its clocks are lost: only its history tells who waits in it.
            try await desk.database.sql("DELETE FROM docket.sla_ledger WHERE ticket_id = '\(source)'")
            _ = try await desk.merge(source, into: target)
            let timer = try #require(try await desk.ledger(target)?.promised.last { $0.metric == .nextResponse })
            #expect(timer.startedAt == wait)
            #expect(timer.dueAt == wait.adding(microseconds: (14_400 + 3_600) * 1_000_000))
        }
    }

    @Test("An offer is taken back, the queue forgets the ticket, runs end, consultations and bookings are given up, and the load is free again")
    func endings() async throws {
        try await VerbDesk.with { desk in
            let (owner, other) = (desk.agents[0], desk.agents[1])
            let target = try await desk.ticket()
            let source = try await desk.ticket(assignedTo: owner)
            let consultation = desk.commands.newConsultation()
            let tenant = desk.tenant.id
            _ = try await desk.commands.consult(
                TicketRequest(source, in: tenant, by: .agent(owner)),
                agent: other,
                consultation: consultation,
                question: "?"
            )
            let resource: ResourceID = IdentifierSource().next()
            let chain: EscalationChainID = IdentifierSource().next()
            let booking = desk.commands.newBooking()
            try await desk.database.sql(
                """
                INSERT INTO docket.resource (tenant_id, id, name, type, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(resource)', 'Room', 'room', docket.now(), docket.now());
                INSERT INTO docket.escalation_chain (tenant_id, id, name, definition, created_at, updated_at) VALUES ('\(desk.tenant.id)', '\(chain)', 'Calls',
                    '{"version":1,"levels":[{"targets":[{"type":"assignee"}],"timeout":1800,"mode":"wall","condition":"not_acked","actions":["notify"]}],"repeats":0}',
                    docket.now(), docket.now());
                UPDATE docket.queue SET escalation_chain_id = '\(chain)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let day: Int64 = 3_786_912_000_000_000
            let interval = Booking.Interval(start: Timestamp(microseconds: day), end: Timestamp(microseconds: day + 3_600_000_000))
            _ = try await desk.commands.book(
                TicketRequest(source, in: desk.tenant.id, by: .agent(owner)),
                resource: resource,
                booking: booking,
                interval: interval
            )
            _ = try await desk.commands.escalate(TicketRequest(source, in: desk.tenant.id, by: .agent(owner)), cause: .complaint, reason: "x")
            _ = try await desk.merge(source, into: target, by: .agent(owner))
            #expect(
                try await desk.kinds(source, last: 4) == [
                    "ticket.merged", "ticket.consultation_cancelled", "ticket.state_changed", "ticket.booking_cancelled",
                ]
            )
            let given = try #require(try await desk.history(source).last)
            guard case .verb(.bookingCancelled(let cancelled)) = given.payload else { return }
            #expect(cancelled.bookingID == booking && cancelled.resourceID == resource && cancelled.cause == .ticketClosed && given.actor == .system)
            #expect(try await desk.queries.consultation(consultation, of: source, in: desk.tenant.id).state == .cancelled)
            #expect(try await desk.queries.booking(booking, of: source, in: desk.tenant.id).cancelledAt != nil)
            let runs = try await desk.database.sql("SELECT state, document ->> 'end' FROM docket.escalation_run WHERE ticket_id = '\(source)'")
            #expect(runs == [["ended", "merged"]])
            #expect(try await desk.database.sql("SELECT load FROM docket.agent_load WHERE agent_id = '\(owner)'") == [["0"]])
            try await desk.expectConsistent(source)
            // One that waits, and one that is offered.
            let waiting = try await desk.ticket()
            _ = try await desk.merge(waiting, into: target)
            let offered = try await desk.ticket()
            try await desk.database.sql(
                """
                DELETE FROM docket.routing_entry WHERE ticket_id = '\(offered)';
                UPDATE docket.ticket SET offered_agent_id = '\(other)', offered_at = docket.now(), offer_expires_at = docket.now() + interval '1 hour'
                    WHERE id = '\(offered)';
                UPDATE docket.agent_load SET load = load + 2 WHERE agent_id = '\(other)';
                """
            )
            _ = try await desk.merge(offered, into: target)
            #expect(try await desk.kinds(offered, last: 3) == ["ticket.merged", "ticket.offer_ended", "ticket.state_changed"])
            #expect(try await desk.database.sql("SELECT load FROM docket.agent_load WHERE agent_id = '\(other)'") == [["0"]])
            #expect(try await desk.database.sql("SELECT ticket_id FROM docket.routing_entry") == [[target.description]])
            for id in [target, waiting] { try await desk.expectConsistent(id) }
        }
    }

    @Test("Followers and customers of the source follow the target, each once")
    func followers() async throws {
        try await VerbDesk.with { desk in
            let (first, second, own) = (try await desk.requester(), try await desk.requester(), try await desk.requester())
            let (a, b, target) = (try await desk.ticket(of: first), try await desk.ticket(of: second), try await desk.ticket(of: own))
            let tenant = desk.tenant.id
            for agent in desk.agents[0...1] { _ = try await desk.commands.follow(TicketRequest(a, in: tenant, by: .system), agent: agent) }
            _ = try await desk.commands.follow(TicketRequest(target, in: tenant, by: .system), agent: desk.agents[1])
            _ = try await desk.merge(a, into: b)
            _ = try await desk.merge(b, into: target)
            let agents = try await desk.queries.followers(of: target, in: tenant, limit: 10).map(\.agent)
            #expect(Set(agents) == Set(desk.agents[0...1]))
            let customers = try await desk.queries.requesters(of: target, in: tenant, limit: 10).map(\.requester)
            #expect(Set(customers) == [first, second])
            guard case .verb(.absorbed(let absorbed)) = try await desk.history(target).last?.payload else {
                Issue.record("the target's history does not tell of the merge")
                return
            }
            #expect(absorbed.source == b && absorbed.followers == [desk.agents[0]] && Set(absorbed.requesters) == [first, second])
        }
    }

    @Test("What cannot take part is refused by name, and nothing changes on either side")
    func refusals() async throws {
        try await VerbDesk.with { desk in
            let (a, b, c) = (try await desk.ticket(), try await desk.ticket(), try await desk.ticket())
            let closed = try await desk.ticket(assignedTo: desk.agents[0])
            try await desk.close(closed)
            let solved = try await desk.ticket(assignedTo: desk.agents[0])
            _ = try await desk.commands.transition(TicketRequest(solved, in: desk.tenant.id, by: .system), to: .resolved)
            _ = try await desk.merge(b, into: c)
            let targets = [a, b, c, closed, solved]
            var before: [Ticket] = []
            for id in targets { before.append(try await desk.row(id)) }
            try await desk.expectRefusal(.merge(.intoItself), of: a) { try await desk.merge(a, into: a) }
            try await desk.expectRefusal(.merge(.unknownTarget), of: a) { try await desk.merge(a, into: TicketID(high: 1, low: 1)) }
            try await desk.expectRefusal(.merge(.targetMerged(into: c)), of: a) { try await desk.merge(a, into: b) }
            try await desk.expectRefusal(.merge(.targetClosed(.closed)), of: a) { try await desk.merge(a, into: closed) }
            try await desk.expectRefusal(.merge(.targetSolved(.resolved)), of: a) { try await desk.merge(a, into: solved) }
            try await desk.expectRefusal(.merge(.merged(into: c)), of: b) { try await desk.merge(b, into: a) }
            // A cycle would need a ticket that was merged to take another one.
            try await desk.expectRefusal(.merge(.targetMerged(into: c)), of: c) { try await desk.merge(c, into: b) }
            try await desk.expectRefusal(.closed(.closed), of: closed) { try await desk.merge(closed, into: a) }
            // Nothing else is done to a ticket that was merged, either.
            try await desk.expectRefusal(.merge(.merged(into: c)), of: b) {
                try await desk.commands.assign(TicketRequest(b, in: desk.tenant.id, by: .system), to: desk.agents[0])
            }
            try await desk.expectRefusal(.merge(.merged(into: c)), of: b) {
                try await desk.commands.urge(TicketRequest(b, in: desk.tenant.id, by: .system), text: "x")
            }
            await #expect(throws: UseCaseError.self) { _ = try await desk.merge(TicketID(high: 1, low: 1), into: a) }
            await #expect(throws: UseCaseError.self) {
                _ = try await desk.commands.merge(TicketRequest(a, in: desk.tenant.id, by: .system, expectedVersion: 7), into: c)
            }
            var after: [Ticket] = []
            for id in targets { after.append(try await desk.row(id)) }
            #expect(after == before)
            // A solved ticket may go into a solved one.
            let other = try await desk.ticket(assignedTo: desk.agents[0])
            _ = try await desk.commands.transition(TicketRequest(other, in: desk.tenant.id, by: .system), to: .resolved)
            let joined = try desk.done(try await desk.merge(other, into: solved))
            #expect(joined.links.mergedInto == solved)
        }
    }

    @Test("Too many followers refuse the merge; as many bookings as a ticket may have are given up, and no other's")
    func bounds() async throws {
        try await VerbDesk.with { desk in
            let (a, target) = (try await desk.ticket(), try await desk.ticket())
            let resource: ResourceID = IdentifierSource().next()
            try await desk.database.sql(
                """
                INSERT INTO docket.agent (tenant_id, id, name, email, created_at, updated_at)
                    SELECT '\(desk.tenant.id)', gen_random_uuid(), 'F', n || '@example.net', docket.now(), docket.now() FROM generate_series(1, 60) n;
                INSERT INTO docket.ticket_follower (tenant_id, ticket_id, agent_id, added_at)
                    SELECT tenant_id, CASE WHEN split_part(email, '@', 1)::integer <= 30 THEN '\(a)'::uuid ELSE '\(target)'::uuid END, id, docket.now()
                    FROM docket.agent WHERE name = 'F';
                INSERT INTO docket.resource (tenant_id, id, name, type, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(resource)', 'Room', 'room', docket.now(), docket.now());
                """
            )
            try await desk.expectRefusal(.verb(.tooManyFollowers), of: a) { try await desk.merge(a, into: target) }
            try await desk.database.sql("DELETE FROM docket.ticket_follower WHERE ticket_id = '\(target)'")
            try await desk.database.sql(
                """
                INSERT INTO docket.booking (tenant_id, id, ticket_id, resource_id, starts_at, ends_at, booked_by_kind, booked_at)
                    SELECT '\(desk.tenant.id)', gen_random_uuid(), '\(a)', '\(resource)', docket.now() + n * interval '1 hour',
                        docket.now() + n * interval '1 hour' + interval '1 minute', 'system', docket.now() FROM generate_series(1, \(Booking.maximumLive)) n;
                INSERT INTO docket.booking (tenant_id, id, ticket_id, resource_id, starts_at, ends_at, booked_by_kind, booked_at) VALUES
                    ('\(desk.tenant.id)', gen_random_uuid(), '\(target)', '\(resource)', docket.now() + interval '5 minutes',
                        docket.now() + interval '6 minutes', 'system', docket.now()),
                    ('\(desk.tenant.id)', gen_random_uuid(), '\(a)', '\(resource)', docket.now() - interval '2 hours',
                        docket.now() - interval '1 hour', 'system', docket.now() - interval '3 hours');
                """
            )
            _ = try await desk.merge(a, into: target)
            let kept = "SELECT ticket_id, ends_at > docket.now() FROM docket.booking WHERE cancelled_at IS NULL ORDER BY 2"
            #expect(try await desk.database.sql(kept) == [[a.description, "f"], [target.description, "t"]])
            #expect(try await desk.kinds(a, last: 100) == Array(repeating: "ticket.booking_cancelled", count: 100))
            try await desk.expectConsistent(a)
            #expect(try await desk.queries.followers(of: target, in: desk.tenant.id, limit: 100).count == 30)
        }
    }

    @Test("Customers who wait are never dropped: a merge that brings too many is refused, one of just as many done")
    func customers() async throws {
        try await VerbDesk.with { desk in
            let (a, b, target) = (try await desk.ticket(), try await desk.ticket(), try await desk.ticket())
            try await desk.database.sql(
                """
                INSERT INTO docket.requester (tenant_id, id, name, email, created_at, updated_at)
                    SELECT '\(desk.tenant.id)', gen_random_uuid(), 'W', n || '@example.net', docket.now(), docket.now() FROM generate_series(1, 1001) n;
                INSERT INTO docket.ticket_requester_follower (tenant_id, ticket_id, requester_id, added_at)
                    SELECT tenant_id, CASE WHEN split_part(email, '@', 1)::integer <= 600 THEN '\(a)'::uuid ELSE '\(b)'::uuid END, id, docket.now()
                    FROM docket.requester WHERE name = 'W';
                """
            )
            _ = try await desk.merge(a, into: target)
            try await desk.expectRefusal(.merge(.tooManyRequesters), of: b) { try await desk.merge(b, into: target) }
            try await desk.database.sql(
                """
                DELETE FROM docket.ticket_requester_follower WHERE ticket_id = '\(b)'
                    AND requester_id = (SELECT id FROM docket.requester WHERE email = '1001@example.net')
                """
            )
            _ = try await desk.merge(b, into: target)
            let waiting = "SELECT count(*) FROM docket.ticket_requester_follower WHERE ticket_id = '\(target)'"
            #expect(try await desk.database.sql(waiting) == [["1000"]])
            try await desk.expectConsistent(target)
        }
    }

    @Test("Of two merges crosswise at once exactly one is done, and no transaction waits for ever")
    func crosswise() async throws {
        try await VerbDesk.with { desk in
            for _ in 0..<15 {
                let (a, b) = (try await desk.ticket(), try await desk.ticket())
                let done = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for (source, target) in [(a, b), (b, a)] {
                        group.addTask {
                            do {
                                _ = try await desk.merge(source, into: target)
                                return true
                            } catch UseCaseError.refused(.merge(let refusal)) {
                                let expected: [MergeRefusal] = [.merged(into: target), .targetMerged(into: source)]
                                #expect(expected.contains(refusal))
                                return false
                            }
                        }
                    }
                    return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(done == 1)
                for id in [a, b] { try await desk.expectConsistent(id) }
            }
        }
    }

    @Test("A repeated merge gives the stored answer, and its key does nothing else")
    func repetition() async throws {
        try await VerbDesk.with { desk in
            let (a, b, c) = (try await desk.ticket(), try await desk.ticket(), try await desk.ticket())
            let key = APIKeyID(high: 1, low: 1)
            func call(_ fingerprint: UInt8) -> IdempotentCall {
                IdempotentCall(principal: key, key: "k", fingerprint: Array(repeating: fingerprint, count: 32)) { ticket in
                    IdempotencyRecord(
                        fingerprint: Array(repeating: fingerprint, count: 32),
                        status: 200,
                        etag: nil,
                        location: nil,
                        body: Array(ticket.id.description.utf8)
                    )
                }
            }
            _ = try desk.done(try await desk.commands.merge(TicketRequest(a, in: desk.tenant.id, by: .system, idempotency: call(1)), into: b))
            guard
                case .replayed(let record) = try await desk.commands.merge(
                    TicketRequest(a, in: desk.tenant.id, by: .system, idempotency: call(1)),
                    into: b
                )
            else {
                Issue.record("a repeated merge was done again")
                return
            }
            #expect(record.body == Array(a.description.utf8))
            await #expect(throws: UseCaseError.self) {
                _ = try await desk.commands.merge(TicketRequest(b, in: desk.tenant.id, by: .system, idempotency: call(2)), into: c)
            }
            #expect(try await desk.row(b).state != .closed)
        }
    }
}
