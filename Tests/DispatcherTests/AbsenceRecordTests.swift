import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Absences that are known beforehand (features.md A3.13).
@Suite struct AbsenceRecordTests {
    @Test("When an absence begins, what is unanswered goes back, once; while it runs routing gives nothing; when it ends what waits is taken")
    func lifeOfAnAbsence() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 3_600)
            let (unanswered, answered) = (try await desk.create(), try await desk.create())
            _ = try await desk.pass()
            try await desk.answer(answered, by: agent)
            let before = try await desk.ticket(unanswered)
            _ = try await desk.recordAbsence(of: agent, from: 600, to: 1_200)
            #expect(try await desk.absent.run() == 0)
            let early = try await desk.create()
            #expect(try await desk.pass().assigned.map(\.ticket) == [early])
            try await desk.answer(early, by: agent)

            try await desk.advance(by: 601)
            #expect(try await desk.absent.run() == 1)
            let after = try await desk.ticket(unanswered)
            #expect(after.state == .waitingAssignment && after.assigneeID == nil && after.eligibleAt == before.eligibleAt)
            #expect(try await desk.ticket(answered).assigneeID == agent)
            // He is signed in, and heard of again.
            try await desk.heartbeat(of: agent, lease: 3_600)
            #expect(try await desk.pass().assigned.isEmpty)
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(unanswered, in: desk.tenant.id)
            else {
                Issue.record("the ticket should wait")
                return
            }
            #expect(explanation.agents.map(\.refusal) == ["absent"] && explanation.waitsBecause == .unroutable)
            // What somebody gives him knowing that he is away stays his.
            let given = try await desk.create()
            _ = try await desk.commands.assign(TicketRequest(given, in: desk.tenant.id, by: .system), to: agent)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.ticket(given).assigneeID == agent)
            try await desk.advance(by: 20)
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            #expect(try await desk.absent.run() == 0)
            // Whom only he could help may go to others now, or to nobody.
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.ticket(given).assigneeID == agent)
            #expect(try await desk.dispatcher.database.absencesDue(limit: 10).isEmpty)

            try await desk.advance(by: 600)
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.pass().assigned.map(\.ticket) == [unanswered])
            #expect(try await desk.number("SELECT count(*) FROM docket.agent WHERE absent_from IS NOT NULL") == 0)
            #expect(try await desk.dispatcher.database.absencesDue(limit: 10).isEmpty)
            let loads = try await desk.loads()
            #expect(loads.stored == loads.recomputed)
        }
    }

    @Test("Absences that are over and that nobody has looked after hide no new one")
    func unsettled() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 3_600)
            try await desk.database.sql(
                """
                INSERT INTO docket.agent_absence (tenant_id, id, agent_id, kind, tickets, starts_at, ends_at, created_by_kind, created_at, next_at)
                SELECT '\(desk.tenant.id)', gen_random_uuid(), '\(agent)', 'other', 'unanswered', docket.now() - make_interval(mins => n),
                    docket.now() - make_interval(mins => n) + interval '1 second', 'system', docket.now(), docket.now() - make_interval(mins => n)
                FROM generate_series(1, 250) n
                """
            )
            _ = try await desk.recordAbsence(of: agent, from: -10, to: 3_600)
            let second = try await desk.recordAbsence(of: agent, from: 7_200, to: 10_800)
            let ticket = try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            for _ in 0..<4 { _ = try await desk.absent.run() }
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.number("SELECT count(*) FROM docket.agent WHERE absent_from < docket.now() AND absent_until > docket.now()") == 1)
            try await desk.directory.cancelAbsence(second, of: agent, in: desk.tenant.id)
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.ticket(ticket).assigneeID == nil)
        }
    }

    @Test("With all tickets asked for, answered ones go back too; what waits for the customer stays")
    func allTickets() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let (assigned, answered, pending) = (try await desk.create(), try await desk.create(), try await desk.create())
            _ = try await desk.pass()
            try await desk.answer(answered, by: agent)
            _ = try await desk.commands.transition(TicketRequest(pending, in: desk.tenant.id, by: .agent(agent)), to: .waitingCustomer)
            // Sick since this morning.
            _ = try await desk.recordAbsence(of: agent, from: -3_600, to: 3_600, tickets: .all)
            #expect(try await desk.absent.run() == 2)
            for id in [assigned, answered] {
                #expect(try await desk.ticket(id).state == .waitingAssignment)
                #expect(Ticket.replay(try await desk.history(of: id)) == (try await desk.ticket(id)))
            }
            #expect(try await desk.ticket(pending).assigneeID == agent)
            // The customer of an absent agent is not left waiting.
            _ = try await desk.commands.addMessage(
                TicketRequest(pending, in: desk.tenant.id, by: .system),
                visibility: .public,
                author: .requester(nil),
                body: "Here it is."
            )
            let ticket = try await desk.ticket(pending)
            #expect(ticket.state == .waitingAssignment && ticket.content.preferredAgentID == agent)
        }
    }

    @Test("Absences that overlap are one: the agent is back when the last of them ends")
    func overlappingAbsences() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 3_600)
            _ = try await desk.recordAbsence(of: agent, from: 0, to: 600)
            _ = try await desk.recordAbsence(of: agent, from: 500, to: 1_200)
            let id = try await desk.create()
            #expect(try await desk.absent.run() == 0)
            try await desk.advance(by: 601)
            // Before anybody looked at the end of the first.
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.advance(by: 600)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.pass().assigned.map(\.ticket) == [id])
        }
    }

    @Test("An absence that is taken back while it runs lets the agent work at once, and asks for nothing more")
    func cancelled() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let absence = try await desk.recordAbsence(of: agent, from: 0, to: 600)
            _ = try await desk.absent.run()
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.directory.cancelAbsence(absence, of: agent, in: desk.tenant.id)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.pass().assigned.map(\.ticket) == [id])
            // One that has not begun takes no ticket away.
            let other = try await desk.recordAbsence(of: agent, from: 0, to: 600)
            try await desk.directory.cancelAbsence(other, of: agent, in: desk.tenant.id)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.ticket(id).assigneeID == agent)
        }
    }

    @Test("Two dispatchers and the agent's own replies at once: each ticket goes back once, or not at all")
    func races() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent(capacity: 100)
            let tickets = try await desk.create(many: 20)
            _ = try await desk.pass()
            _ = try await desk.recordAbsence(of: agent, from: 0, to: 600)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { _ = try await desk.absent.run() } }
                group.addTask {
                    for ticket in tickets { try await desk.answer(ticket, by: agent) }
                }
                try await group.waitForAll()
            }
            for id in tickets {
                let events = try await desk.history(of: id)
                #expect(events.count { if case .unassigned = $0.payload { true } else { false } } <= 1)
                #expect(Ticket.replay(events) == (try await desk.ticket(id)))
            }
            try await desk.advance(by: 20)
            #expect(try await desk.absent.run() == 0)
            #expect(try await desk.dispatcher.database.absencesDue(limit: 10).isEmpty)
            let loads = try await desk.loads()
            #expect(loads.stored == loads.recomputed)
        }
    }

    @Test("What a pass gives to the agent although his absence has begun goes back too: the pass may have read him before")
    func latePass() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, lease: 3_600)
            _ = try await desk.recordAbsence(of: agent, from: 0, to: 600)
            #expect(try await desk.absent.run() == 0)
            let id = try await desk.create()
            for _ in 0..<2 {
                _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .dispatcher), to: agent)
                #expect(try await desk.absent.run() == 1)
                #expect(try await desk.ticket(id).state == .waitingAssignment)
                try await desk.advance(by: 20)
            }
            #expect(try await desk.dispatcher.database.absencesDue(limit: 10).isEmpty)
        }
    }

    @Test("A ticket that cannot be changed keeps nobody else's from going back, and is given up after a while")
    func badTicket() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            var agents: [AgentID] = []
            var tickets: [TicketID] = []
            for _ in 0..<3 {
                let agent = try await desk.tenant.addAgent()
                try await desk.heartbeat(of: agent, lease: 3_600)
                for _ in 0..<2 {
                    let id = try await desk.create()
                    _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: agent)
                    tickets.append(id)
                }
                agents.append(agent)
            }
            _ = try await desk.recordAbsence(of: agents[0], from: -60, to: 3_600)
            _ = try await desk.recordAbsence(of: agents[1], from: 0, to: 3_600)
            try await desk.heartbeat(of: agents[2], status: .offline)
            try await desk.refuseChanges(of: tickets[0])
            let failed = FailedTickets()
            let absent = AbsentAgents(environment: desk.dispatcher, failures: failed.sink)
            #expect(try await absent.run() == 5)
            #expect(failed.take() == [tickets[0]])
            try await desk.advance(by: 20)
            #expect(try await absent.run() == 0)
            #expect(failed.take() == [tickets[0]])
            #expect(try await desk.dispatcher.database.absencesDue(limit: 10).map(\.agent) == [agents[0]])
            try await desk.advance(by: 600)
            #expect(try await absent.run() == 0)
            #expect(failed.take() == [tickets[0]])
            #expect(try await desk.dispatcher.database.absencesDue(limit: 10).isEmpty)
        }
    }

    @Test("Queues are looked at as soon as an absence begins, once")
    func aBeginningIsSignalledAtOnce() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            for _ in 0..<2 { try await desk.create() }
            while try await desk.pass().hasMore {}
            _ = try await desk.recordAbsence(of: agent, from: 600, to: 1_200)
            // What he has stays his: nothing but the absence is to be seen.
            try await desk.answer(try await desk.assigned(to: agent), by: agent)
            try await desk.advance(by: 601)
            func takeSignals() async throws -> Int { try await desk.database.sql("DELETE FROM docket.routing_signal RETURNING 1").count }
            _ = try await takeSignals()
            let absent = desk.absent
            #expect(try await absent.run() == 0)
            #expect(try await takeSignals() == 1)
            #expect(try await absent.run() == 0)
            #expect(try await takeSignals() == 0)
        }
    }

    @Test("Absences of a tenant that is not active do not fill the list of those that are due")
    func inactiveTenant() async throws {
        try await RoutingDesk.with { desk in
            let other = try await TestTenant.make(in: desk.database)
            let (agent, gone) = (try await desk.tenant.addAgent(), try await other.addAgent())
            _ = try await desk.recordAbsence(of: gone, from: -3_600, to: 3_600, in: other.id)
            _ = try await desk.recordAbsence(of: agent, from: -60, to: 3_600)
            #expect(try await desk.dispatcher.database.absencesDue(limit: 1).map(\.agent) == [gone])
            try await desk.database.sql("UPDATE docket.tenant SET active = false WHERE id = '\(other.id)'")
            #expect(try await desk.dispatcher.database.absencesDue(limit: 1).map(\.agent) == [agent])
        }
    }

    @Test("One idempotency key for the absences of two agents at once: the second is told that it was used")
    func reusedKey() async throws {
        try await RoutingDesk.with { desk in
            let agents = [try await desk.tenant.addAgent(), try await desk.tenant.addAgent()]
            let principal: APIKeyID = desk.api.identifiers.next()
            for round in 0..<10 {
                let reused = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for (number, agent) in agents.enumerated() {
                        group.addTask {
                            let fingerprint = [UInt8](repeating: UInt8(number), count: 32)
                            let write = IdempotentWrite<AbsenceRecord>(principal: principal, key: "\(round)", fingerprint: fingerprint) { _ in
                                IdempotencyRecord(fingerprint: fingerprint, status: 201, etag: nil, location: nil, body: [])
                            }
                            do {
                                _ = try await desk.recordAbsence(of: agent, from: 60, to: 120, idempotency: write)
                                return false
                            } catch UseCaseError.idempotencyKeyReused {
                                return true
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(reused.count { $0 } == 1)
            }
        }
    }

    @Test("Stretches: absences that touch or overlap are one, those that are over do not count")
    func stretches() {
        func interval(_ start: Int64, _ end: Int64) -> AbsenceRecord.Interval {
            AbsenceRecord.Interval(start: Timestamp(microseconds: start), end: Timestamp(microseconds: end))
        }
        let cases: [(intervals: [(Int64, Int64)], now: Int64, stretch: (Int64, Int64)?)] = [
            ([], 0, nil),
            ([(1, 5)], 5, nil),
            ([(1, 5)], 4, (1, 5)),
            ([(9, 12), (1, 5)], 0, (1, 5)),
            ([(5, 9), (1, 5)], 0, (1, 9)),
            ([(2, 3), (1, 5), (4, 8)], 0, (1, 8)),
            ([(1, 5), (4, 8), (9, 10)], 6, (4, 8)),
        ]
        for (intervals, now, expected) in cases {
            let found = AbsenceRecord.stretch(of: intervals.map(interval), after: Timestamp(microseconds: now))
            #expect(found == expected.map { interval($0.0, $0.1) }, "\(intervals) at \(now)")
        }
    }
}

extension RoutingDesk {
    /// - Parameters:
    ///   - start: seconds from now, as `end`.
    func recordAbsence(
        of agent: AgentID,
        from start: Int64,
        to end: Int64,
        tickets: AbsenceRecord.Tickets = .unanswered,
        in tenant: TenantID? = nil,
        idempotency: IdempotentWrite<AbsenceRecord>? = nil
    ) async throws -> AbsenceID {
        let now = try await api.clock.now()
        let interval = AbsenceRecord.Interval(start: now.adding(microseconds: start * 1_000_000), end: now.adding(microseconds: end * 1_000_000))
        let new = NewAbsence(kind: .vacation, tickets: tickets, interval: interval)
        let outcome = try await directory.createAbsence(
            new,
            of: agent,
            in: tenant ?? self.tenant.id,
            by: .system,
            idempotency: idempotency
        )
        guard case .done(let absence) = outcome else { throw UseCaseError.busy }
        return absence.id
    }

    fileprivate func assigned(to agent: AgentID) async throws -> TicketID {
        let text = try await value("SELECT id FROM docket.ticket WHERE assignee_id = '\(agent)'")
        return try #require(TicketID(text))
    }
}
