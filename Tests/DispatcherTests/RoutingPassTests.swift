import Domain
import Store
import TestSupport
import Testing
import UseCases

/// One pass at a time, against the tables.
@Suite struct RoutingPassTests {
    @Test("A ticket of which it cannot be told that nobody can take it holds up no other")
    func anUntoldTicket() async throws {
        try await RoutingDesk.with { desk in
            let skill = try await desk.tenant.addSkill("rare")
            let hard = SkillRequirements(required: [SkillLevel(skill, level: 1)])
            let (stuck, told) = (try await desk.create(skills: hard), try await desk.create(skills: hard))
            let agent = try await desk.tenant.addAgent()
            let easy = try await desk.create()
            try await desk.refuseChanges(of: stuck)
            let failed = FailedTickets()
            let passes = RoutingPasses(environment: desk.dispatcher, failures: failed.sink)
            let report = try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 10)
            #expect(report.assigned.map(\.ticket) == [easy] && report.assigned.map(\.agent) == [agent])
            #expect(failed.take() == [stuck])
            #expect(try await desk.history(of: told).map(\.payload.kind) == ["ticket.created", "ticket.unroutable"])
            #expect(try await desk.history(of: stuck).count == 1)
            try await desk.database.sql("DROP TRIGGER refuse_change ON docket.ticket")
            for _ in 0..<2 { _ = try await passes.run(desk.tenant.queue, of: desk.tenant.id, limit: 10) }
            for id in [stuck, told] { #expect(try await desk.history(of: id).count == 2) }
        }
    }

    @Test("A pass tells what it recorded newly: which filters kept how many agents away, without naming a tenant's skills")
    func refusalsAreCounted() async throws {
        try await RoutingDesk.with { desk in
            let (french, german) = (try await desk.tenant.addSkill("fr"), try await desk.tenant.addSkill("de"))
            _ = try await desk.tenant.addAgent(isOnline: false)
            _ = try await desk.tenant.addAgent(skills: [SkillLevel(german, level: 1)])
            try await desk.create(skills: SkillRequirements(required: [SkillLevel(french, level: 2)]))
            try await desk.create(skills: SkillRequirements(required: [SkillLevel(german, level: 5)]))
            let first = try await desk.pass()
            #expect(first.refusals == ["offline": 2, "skill": 2])
            #expect(first.waitReasons.values.reduce(0, +) == 2)
            #expect(try await desk.pass().refusals.isEmpty, "nothing new")
        }
    }

    @Test func oneTicketGoesToTheOneAgent() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let report = try await desk.pass()
            #expect(report.assigned.map(\.ticket) == [id])
            #expect(report.assigned.map(\.agent) == [agent])
            #expect(!report.hasMore)
            let ticket = try await desk.ticket(id)
            #expect(ticket.assigneeID == agent)
            #expect(ticket.state == .assigned)
            #expect(try await desk.waitingCount() == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 0)
            let loads = try await desk.loads()
            #expect(loads.stored == 1 && loads.recomputed == 1)
        }
    }

    @Test func theEventsAreThoseOfTheRules() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let before = try await desk.ticket(id)
            _ = try await desk.pass()
            let history = try await desk.history(of: id)
            let events = Array(history.suffix(2))
            guard case .assigned(let assigned) = events[0].payload else {
                Issue.record("the first event is not the assignment")
                return
            }
            #expect(assigned.cause == .routing)
            #expect(assigned.step == 0)
            #expect(assigned.rank == "tier=0 load=1/5")
            let expected = try TicketRules(lifecycle: .standard)
                .route(before, to: agent, step: assigned.step, rank: assigned.rank, others: assigned.others, at: events[0].at)
            #expect(events == expected.events)
            #expect(try await desk.ticket(id) == expected.after)
            #expect(Ticket.replay(history) == expected.after)
        }
    }

    @Test func withoutAnAgentTheReasonIsRecordedAndLaterForgotten() async throws {
        try await RoutingDesk.with { desk in
            let skill = try await desk.tenant.addSkill("fr")
            _ = try await desk.tenant.addAgent()
            let id = try await desk.create(skills: SkillRequirements(required: [SkillLevel(skill, level: 1)]))
            let report = try await desk.pass()
            #expect(report.assigned.isEmpty)
            #expect(report.examined == 1)
            #expect(!report.hasMore)
            let reasons = try await desk.value("SELECT reasons FROM docket.routing_refusal")
            #expect(reasons.contains("unroutable"))
            #expect(reasons.contains("skill:\(skill)"))
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(id, in: desk.tenant.id) else {
                Issue.record("the ticket does not wait")
                return
            }
            #expect(explanation.agents.map(\.refusal) == ["skill:fr"])
            #expect(explanation.waitsBecause == .unroutable)
            _ = try await desk.tenant.addAgent(skills: [SkillLevel(skill, level: 3)])
            #expect(try await desk.pass().assigned.count == 1)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_refusal") == 0)
            guard case .assigned(let recorded) = try await RoutingExplanations(environment: desk.api).explain(id, in: desk.tenant.id) else {
                Issue.record("the ticket is not assigned")
                return
            }
            #expect(recorded.assigned.cause == .routing && recorded.decision.step == 0 && recorded.now == nil)
        }
    }

    @Test func anUnchangedReasonIsNotWrittenAgain() async throws {
        try await RoutingDesk.with { desk in
            try await desk.create()
            _ = try await desk.pass()
            let first = try await desk.value("SELECT xmin FROM docket.routing_refusal")
            _ = try await desk.pass()
            #expect(try await desk.value("SELECT xmin FROM docket.routing_refusal") == first)
        }
    }

    @Test(arguments: [
        "UPDATE docket.agent_presence SET status = 'away'", "UPDATE docket.agent_presence SET lease_until = docket.now() - interval '1 s'",
        "UPDATE docket.agent SET active = false", "DELETE FROM docket.queue_member", "DELETE FROM docket.agent_presence",
    ])
    func whoIsNotThereGetsNothing(change: String) async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.database.sql(change)
            try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.waitingCount() == 1)
        }
    }

    /// R15, with the shift as a calendar; the wait ends when the shift begins.
    @Test func offShiftIsSkippedUntilTheShiftBegins() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let calendar: CalendarID = IdentifierSource().next()
            // Closed always, but for one day far ahead.
            let definition = #"{"tz":"UTC","openings":{"2100-01-04":[["08:00","16:00"]]}}"#
            try await desk.database.sql(
                """
                INSERT INTO docket.calendar (tenant_id, id, name, definition, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', '\(calendar)', 'shift', '\(definition)', docket.now(), docket.now());
                INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
                    VALUES ('\(desk.tenant.id)', '\(calendar)', 1, '\(definition)', docket.now());
                UPDATE docket.agent SET calendar_id = '\(calendar)';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            let reasons = try await desk.value("SELECT reasons FROM docket.routing_refusal")
            #expect(reasons.contains("off_shift"))
            try await desk.database.sql("UPDATE docket.agent SET calendar_id = NULL WHERE id = '\(agent)'")
            #expect(try await desk.pass().assigned.count == 1)
        }
    }

    @Test func parkedTicketsDoNotHideTheOneThatSomebodyCanTake() async throws {
        try await RoutingDesk.with { desk in
            let rare = try await desk.tenant.addSkill("rare")
            let agent = try await desk.tenant.addAgent()
            let parked = try await desk.create(skills: SkillRequirements(required: [SkillLevel(rare, level: 5)]))
            try await desk.database.sql(
                """
                -- All columns but those that PostgreSQL computes.
                DO $copy$ BEGIN EXECUTE (
                    SELECT 'INSERT INTO docket.ticket (' || string_agg(attname, ', ') || ') SELECT ' || string_agg('c.' || attname, ', ')
                        || $from$ FROM docket.ticket t, generate_series(1, 10000) n, LATERAL jsonb_populate_record(t,
                            jsonb_build_object('id', gen_random_uuid(), 'number', 100000 + n)) c WHERE t.id = '\(parked)' $from$
                    FROM pg_attribute WHERE attrelid = 'docket.ticket'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                ); END $copy$;
                INSERT INTO docket.routing_entry SELECT (jsonb_populate_record(r, jsonb_build_object('ticket_id', t.id))).*
                    FROM docket.routing_entry r, docket.ticket t WHERE t.number > 100000;
                -- They follow no edit of the queue.
                UPDATE docket.routing_lane SET overflow_seconds = 0;
                """
            )
            let id = try await desk.create(priority: .p4)
            let report = try await desk.pass(limit: 50)
            #expect(report.assigned.map(\.ticket) == [id])
            #expect(report.assigned.map(\.agent) == [agent])
            #expect(!report.hasMore)
            #expect(report.examined < 500)
        }
    }

    @Test func aFreedAgentDrainsTheOldestEligibleFirst() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            var order: [TicketID] = []
            for _ in 0..<4 { order.append(try await desk.create()) }
            for (position, id) in order.enumerated() {
                let report = try await desk.pass()
                #expect(report.assigned.map(\.ticket) == [id])
                #expect(try await desk.waitingCount() == order.count - position - 1)
                _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
                #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == (position < 3 ? 1 : 0))
            }
        }
    }

    /// R17, R18, R21, R22 and the timer: a step that comes is acted on although nothing else happens.
    @Test func stepsComeIntoForceInTime() async throws {
        let steps = #"[{"after":300,"drop_from":3},{"after":900,"tier":1},{"after":1800,"min_level_down":2}]"#
        try await RoutingDesk.with(steps: steps, hasTestClock: true) { desk in
            let skill = try await desk.tenant.addSkill("fr")
            let other = try await desk.tenant.addSkill("de")
            // Present, so that no step is jumped to; full, so that they take nothing.
            _ = try await desk.addBusyAgent(skills: [SkillLevel(skill, level: 4), SkillLevel(other, level: 1)])
            _ = try await desk.tenant.addAgent(capacity: 1, skills: [SkillLevel(skill, level: 4)])
            let id = try await desk.create(
                skills: SkillRequirements(required: [SkillLevel(skill, level: 4)], optional: [OptionalSkill(other, dropRank: 3)])
            )
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.isEmpty)
            try await desk.database.advanceClock(by: 299 - 20)
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.database.advanceClock(by: 21)
            let due = try await desk.dispatcher.database.discoverRouting(after: nil).lanes
            #expect(due == [RoutingLane(tenant: desk.tenant.id, queue: desk.tenant.queue, weight: 1, isStepDue: true)])
            let report = try await desk.pass(isStepDue: true)
            #expect(report.assigned.map(\.ticket) == [id])
            #expect(report.assigned.map(\.step) == [1])
        }
    }

    @Test func dueStepsMoveOnAlsoBehindTheHead() async throws {
        try await RoutingDesk.with(steps: #"[{"after":300,"tier":1},{"after":900,"tier":2}]"#, hasTestClock: true) { desk in
            _ = try await desk.addBusyAgent()
            _ = try await desk.create(many: 60)
            _ = try await desk.pass(limit: 4)
            try await desk.database.advanceClock(by: 400)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.count == 1)
            _ = try await desk.pass(limit: 4, isStepDue: true)
            #expect(try await desk.dispatcher.database.discoverRouting(after: nil).lanes.isEmpty)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE next_step_at = eligible_at + interval '900 s'") == 60)
            try await desk.database.advanceClock(by: 600)
            _ = try await desk.pass(limit: 4, isStepDue: true)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_entry WHERE next_step_at IS NOT NULL") == 0)
        }
    }

    /// O1 at scale: whatever the depth of reading, the order over all passes is that of routing.md A.
    @Test func manySmallPassesKeepTheOrder() async throws {
        try await RoutingDesk.with { desk in
            let skills = [try await desk.tenant.addSkill("a"), try await desk.tenant.addSkill("b"), try await desk.tenant.addSkill("c")]
            _ = try await desk.tenant.addAgent(capacity: 1_000, skills: skills.map { SkillLevel($0, level: 5) })
            for number in 0..<90 {
                // Skewed: most tickets are of one class, so that classes are used up at different places.
                let skill = skills[number % 10 < 8 ? 0 : number % 3]
                try await desk.create(
                    skills: SkillRequirements(required: [SkillLevel(skill, level: 1 + number % 2)]),
                    priority: number % 7 == 0 ? .p1 : .p3
                )
            }
            let expected = try await desk.database.sql("SELECT ticket_id FROM docket.routing_entry ORDER BY rank_at, eligible_at, ticket_id")
                .compactMap {
                    $0.first.flatMap { TicketID($0) }
                }
            var taken: [TicketID] = []
            var passes = 0
            while taken.count < 90, passes < 90 {
                let report = try await desk.pass(limit: 10)
                #expect(report.assigned.count <= 10)
                taken += report.assigned.map(\.ticket)
                passes += 1
                // A pass that took the last one may not know it: classes are read no deeper than needed.
                if taken.count < 90 { #expect(report.hasMore) }
            }
            #expect(taken == expected)
            #expect(passes <= 12)
        }
    }

    @Test func whatIsLeftLeavesASignal() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 100)
            _ = try await desk.create(many: 8)
            let report = try await desk.pass(limit: 5)
            #expect(report.assigned.count == 5 && report.hasMore)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.pass(limit: 5).assigned.count == 3)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 0)
        }
    }

    @Test func aQueueWithoutALaneGetsOne() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.create()
            try await desk.database.sql("DELETE FROM docket.routing_lane")
            #expect(try await desk.pass().hasMore)
            #expect(try await desk.pass().assigned.count == 1)
        }
    }

    @Test func endpointsAreToldOfBothEvents() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.database.sql(
                """
                INSERT INTO docket.webhook_endpoint (tenant_id, id, url, sealed_secret, event_types, created_at, updated_at) VALUES
                    ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.com/all', '\\x00', '{}', now(), now()),
                    ('\(desk.tenant.id)', gen_random_uuid(), 'https://example.com/one', '\\x00', '{ticket.assigned}', now(), now());
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            let id = try await desk.create()
            #expect(try await desk.pass().assigned.count == 1)
            let told = try await desk.database.sql(
                "SELECT event_seq, count(*) FROM docket.outbox WHERE ticket_id = '\(id)' GROUP BY 1 ORDER BY 1"
            )
            #expect(told == [["1", "1"], ["2", "2"], ["3", "1"]])
        }
    }

    @Test func foreignTenantsAreUntouched() async throws {
        try await RoutingDesk.with { desk in
            let other = try await TestTenant.make(in: desk.database)
            _ = try await other.addAgent()
            try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            let wrong = try await desk.passes.run(desk.tenant.queue, of: other.id, limit: 10)
            #expect(wrong.assigned.isEmpty)
            #expect(try await desk.waitingCount() == 1)
        }
    }

    /// Tickets of as many kinds as asked for, each of its own, that nobody can serve, in front of everybody else.
    static func unservable(_ count: Int, in desk: RoutingDesk) async throws {
        try await desk.database.sql(
            """
            SET session_replication_role = replica;
            INSERT INTO docket.routing_entry (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight,
                    required_skills, required_levels, optional_skills, optional_ranks, ticket_version)
                SELECT '\(desk.tenant.id)', gen_random_uuid(), '\(desk.tenant.queue)', -9223372036854775000 + n, docket.now() - interval '1 day',
                    docket.now() - interval '1 day', 3, 1, ARRAY[gen_random_uuid()], '{3}', '{}', '{}', 1
                FROM generate_series(1, \(count)) n;
            RESET session_replication_role;
            """
        )
    }

    /// Passes until the queue is done with.
    private static func look(_ desk: RoutingDesk, limit: Int = 5) async throws -> (assigned: [TicketID], passes: Int) {
        var (assigned, passes): ([TicketID], Int) = ([], 0)
        while passes < 50 {
            let report = try await desk.pass(limit: limit)
            assigned += report.assigned.map(\.ticket)
            passes += 1
            #expect(!report.isStalled, "it goes on at once")
            guard report.hasMore else { break }
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1, "a dispatcher that dies now leaves a signal")
        }
        return (assigned, passes)
    }

    @Test("More kinds of need that nobody can serve than one pass reads hide nobody behind them (decision 29)")
    func manyKindsOfNeed() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 20)
            try await Self.unservable(2 * LoadRoutingHeads.classLimit + 10, in: desk)
            let behind = [try await desk.create(), try await desk.create(priority: .p2), try await desk.create(priority: .p4)]
            let first = try await Self.look(desk)
            #expect(Set(first.assigned) == Set(behind))
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_lane WHERE class_after IS NOT NULL OR class_until IS NOT NULL") == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 0)
            // Nothing happened: one look, and nothing is left to do.
            try await desk.database.sql("INSERT INTO docket.routing_signal VALUES ('\(desk.tenant.id)', '\(desk.tenant.queue)', gen_random_uuid())")
            let idle = try await Self.look(desk)
            #expect(idle.assigned.isEmpty && idle.passes == 3)
            // While nobody has room the rest is not read.
            try await desk.database.sql("UPDATE docket.agent_load SET load = capacity WHERE agent_id = '\(agent)'")
            let full = try await desk.create()
            #expect(try await Self.look(desk).passes == 1)
            #expect(try await desk.ticket(full).state == .waitingAssignment)
        }
    }

    @Test("What becomes possible while a long look is under way is found by it, before or behind the place where it stood")
    func duringALongLook() async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.tenant.addAgent(capacity: 20)
            try await Self.unservable(3 * LoadRoutingHeads.classLimit, in: desk)
            for place in [1, 2, 3] {
                var passes = 0
                while passes < place, try await desk.pass(limit: 5).hasMore { passes += 1 }
                let came = try await desk.create(priority: place == 2 ? .p1 : .p3)
                #expect(try await Self.look(desk).assigned == [came])
            }
        }
    }

    @Test("Where room comes one place at a time, each kind of need has its turn, however many kinds nobody can serve")
    func oneRoomAtATime() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            // Spread over all keys, so that the tickets lie in different parts of a look.
            let count = 3 * LoadRoutingHeads.classLimit
            try await Self.unservable(count, in: desk)
            try await desk.database.sql(
                """
                UPDATE docket.routing_entry
                SET class_key = ((class_key + 9223372036854775000)::numeric * \(UInt64.max / UInt64(count)) - 9223372036854775000)::bigint
                """
            )
            for priority in Priority.allCases { try await desk.create(priority: priority) }
            let own = "FROM docket.routing_entry r JOIN docket.ticket t ON t.id = r.ticket_id"
            let last = try await desk.value("SELECT r.ticket_id \(own) ORDER BY r.class_key DESC LIMIT 1")
            let first = try await desk.value("SELECT t.priority \(own) ORDER BY r.class_key LIMIT 1")
            let busy = try #require(Priority.allCases.first { "\($0.rawValue)" == first })
            var served: [String] = []
            for _ in 0..<20 where !served.contains(last) {
                for ticket in try await Self.look(desk).assigned {
                    served.append(ticket.description)
                    _ = try await desk.commands.transition(TicketRequest(ticket, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
                }
                // The first part always has somebody who could be served.
                try await desk.create(priority: busy)
            }
            #expect(served.contains(last), "\(served.count) others came before it")
        }
    }

    @Test("Reasons of kinds of need that a pass did not read are kept; one that sees them all forgets those in which nobody waits (decision 29)")
    func reasonsOfOtherParts() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 20)
            let count = 2 * LoadRoutingHeads.classLimit + 10
            try await Self.unservable(count, in: desk)
            let base = -9_223_372_036_854_775_000
            let (first, middle, last) = (base + 1, base + LoadRoutingHeads.classLimit + 1_000, base + count)
            // One of each part.
            try await desk.database.sql(
                """
                INSERT INTO docket.routing_refusal (tenant_id, queue_id, class_key, at, reasons)
                    SELECT '\(desk.tenant.id)', '\(desk.tenant.queue)', k, docket.now(), '{"reason":"no_capacity","step":0,"agents":{}}'
                    FROM unnest(ARRAY[\(first), \(middle), \(last)]) k
                """
            )
            let kept = "SELECT count(*) FROM docket.routing_refusal WHERE class_key IN (\(first), \(middle), \(last))"
            #expect(try await Self.look(desk).passes == 3)
            #expect(try await desk.number(kept) == 3)
            // Nobody has room: the look ends with its first part.
            try await desk.database.sql("UPDATE docket.agent_load SET load = capacity WHERE agent_id = '\(agent)'")
            #expect(try await Self.look(desk).passes == 1)
            #expect(try await desk.number(kept) == 3)
            try await desk.database.sql("DELETE FROM docket.routing_entry WHERE class_key <> \(first)")
            for _ in 0..<2 { _ = try await Self.look(desk) }
            #expect(try await desk.database.sql("SELECT class_key FROM docket.routing_refusal") == [["\(first)"]])
        }
    }
}
