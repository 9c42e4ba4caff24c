import Store
import TestSupport
import Testing
import UseCases

@testable import Domain

/// Capacity by channel, ramp-up, wrap-up and rate limits in the tables (routing.md C, F).
@Suite struct CapacityTests {
    @Test func aChannelsCapacityIsKeptAndCounted() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 10)
            try await desk.set(#"channel_capacities = '{NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL}'"#)
            let first = try await desk.create(on: .phone)
            let second = try await desk.create(on: .phone)
            let letter = try await desk.create(on: .email)
            #expect(Set(try await desk.pass().assigned.map(\.ticket)) == [first, letter])
            #expect(try await desk.channelLoads() == "{0,1,0,0,0,0,1,0,0,0}")
            #expect(try await desk.value("SELECT reasons FROM docket.routing_refusal").contains(#""capacity""#))

            // The call ends; its place is given to the next.
            _ = try await desk.commands.transition(TicketRequest(first, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            #expect(try await desk.channelLoads() == "{0,1,0,0,0,0,0,0,0,0}")
            #expect(try await desk.pass().assigned.map(\.ticket) == [second])
            #expect(try await desk.channelLoads() == "{0,1,0,0,0,0,1,0,0,0}")
        }
    }

    @Test("A shorter wrap-up ends the one that an agent is in; a longer one, and any other edit, leaves it")
    func wrapUpIsShortened() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            let agent = try await desk.tenant.addAgent(capacity: 3)
            func set(_ seconds: Int) async throws {
                _ = try await desk.directory.updateAgent(agent, in: desk.tenant.id) { before in
                    var content = before
                    content.workRules.wrapUpSeconds = seconds
                    return content
                }
            }
            let left = "SELECT coalesce(extract(epoch FROM wrap_up_until - docket.now())::int, -1) FROM docket.agent_load"
            try await set(600)
            #expect(try await desk.number(left) == -1)
            let id = try await desk.create()
            _ = try await desk.pass()
            _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            #expect(try await desk.number(left) == 600)
            try await set(900)
            #expect(try await desk.number(left) == 600)
            try await set(60)
            #expect(try await desk.number(left) == 60)
            let next = try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            try await set(0)
            #expect(try await desk.pass().assigned.map(\.ticket) == [next])
        }
    }

    /// Two dispatchers decide on what they have read; the guard of the commit keeps the channel's capacity.
    @Test(arguments: [true, false])
    func theGuardKeepsAChannelsCapacity(isBatch: Bool) async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 10)
            try await desk.set(#"channel_capacities = '{NULL,NULL,NULL,NULL,NULL,NULL,2,NULL,NULL,NULL}'"#)
            var tickets: [TicketID] = []
            for _ in 0..<4 { tickets.append(try await desk.create(on: .phone)) }
            #expect(Set(try await desk.commit(tickets, to: agent, atOnce: isBatch)) == Set(tickets.prefix(2)))
            #expect(try await desk.channelLoads() == "{0,0,0,0,0,0,2,0,0,0}")
            #expect(try await desk.waitingCount() == 2)
        }
    }

    @Test(
        "What another queue's pass has taken meanwhile is taken: the guard keeps rate limit, wrap-up and ramp-up",
        arguments: [
            (
                "rate_assignments = 3, rate_minutes = 10, "
                    + "recent_assignments = ARRAY[docket.now() - interval '11 min', docket.now() - interval '9 min']",
                nil, 2
            ),
            ("wrap_up_until = docket.now() + interval '1 min'", nil, 0), ("wrap_up_until = docket.now() - interval '1 s'", nil, 4),
            ("load = 2", 3, 1), ("load = 3", 3, 0), ("load = 0", nil, 4),
        ] as [(String, Int?, Int)],
        [true, false]
    )
    func theGuardKeepsWhatThePassHasRead(_ row: (columns: String, ceiling: Int?, expected: Int), isBatch: Bool) async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 10)
            var tickets: [TicketID] = []
            for _ in 0..<4 { tickets.append(try await desk.create()) }
            try await desk.set(row.columns)
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            let accepted = try await desk.commit(tickets, to: agent, ceiling: row.ceiling, atOnce: isBatch)
            #expect(Set(accepted) == Set(tickets.prefix(row.expected)))
            #expect(try await desk.waitingCount() == 4 - row.expected)
            #expect(try await desk.loads().overCapacity == 0)
            #expect(try await desk.value("SELECT channel_loads[3] FROM docket.agent_load") == "\(row.expected)")
            for ticket in accepted {
                let kinds = "SELECT string_agg(kind, ' ' ORDER BY seq) FROM docket.ticket_event WHERE ticket_id = '\(ticket)' AND seq > 1"
                #expect(try await desk.value(kinds) == "ticket.assigned ticket.state_changed")
            }
            // The queue is looked at again for those that were refused.
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == (row.expected == 4 ? 0 : isBatch ? 1 : 4 - row.expected))
        }
    }

    @Test(
        "A ticket that is too heavy for everybody there is told at once; where a later step admits somebody who is not too small, it is his at once"
    )
    func tooHeavy() async throws {
        try await RoutingDesk.with(steps: #"[{"after":3600,"tier":1}]"#) { desk in
            let agent = try await desk.tenant.addAgent(capacity: 2)
            let heavy = try await desk.create(weight: 3)
            let light = try await desk.create(weight: 2)
            #expect(try await desk.pass().assigned.map(\.ticket) == [light])
            #expect(try await desk.history(of: heavy).map(\.payload.kind) == ["ticket.created", "ticket.unroutable"])
            guard case .waiting(let explanation, _) = try await RoutingExplanations(environment: desk.api).explain(heavy, in: desk.tenant.id) else {
                Issue.record("the ticket does not wait")
                return
            }
            #expect(explanation.waitsBecause == .unroutable && explanation.agents.map(\.refusal) == ["capacity"])

            let further = try await desk.tenant.addAgent(capacity: 3, tier: 1)
            let report = try await desk.pass()
            #expect(report.assigned.map(\.agent) == [further] && report.assigned.map(\.step) == [1])
            // What is heavy for one only because of his load waits for him, and nobody is called.
            let next = try await desk.create(weight: 2)
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.history(of: next).map(\.payload.kind) == ["ticket.created"])
            // With less capacity he is too small for it.
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            _ = try await desk.directory.updateAgent(agent, in: desk.tenant.id) { before in
                var content = before
                content.capacity = 1
                return content
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            _ = try await desk.pass()
            #expect(try await desk.value("SELECT reasons ->> 'step' FROM docket.routing_refusal") == "1")
        }
    }

    @Test func aChannelThatIsOffWaits() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.heartbeat(of: agent, channelsOff: [.phone])
            let call = try await desk.create(on: .phone)
            let letter = try await desk.create(on: .email)
            #expect(try await desk.pass().assigned.map(\.ticket) == [letter])
            #expect(try await desk.value("SELECT reasons FROM docket.routing_refusal").contains("unroutable"))
            _ = try await desk.database.sql("DELETE FROM docket.routing_signal")
            // Taking calls again is worth a look at once.
            try await desk.heartbeat(of: agent)
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            #expect(try await desk.pass().assigned.map(\.ticket) == [call])
        }
    }

    @Test("A channel that is turned off is worth a look once: whom only that agent could help may go to others, or to nobody")
    func aChannelThatIsTurnedOff() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent(capacity: 1)
            try await desk.heartbeat(of: agent)
            for _ in 0..<2 { _ = try await desk.create(on: .phone) }
            while try await desk.pass().hasMore {}
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            for _ in 0..<2 {
                try await desk.heartbeat(of: agent, channelsOff: [.phone])
                #expect(try await desk.number("SELECT count(*) FROM docket.routing_signal") == 1)
            }
        }
    }

    @Test func whoeverComesOnlineRampsUp() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            _ = try await desk.tenant.addAgent(capacity: 3)
            try await desk.set("ramp_up_seconds = 120")
            for _ in 0..<5 { try await desk.create() }
            #expect(try await desk.pass().assigned.count == 1)
            #expect(try await desk.secondsUntilOwnLook() == 120)
            try await desk.advance(by: 119)
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.advance(by: 1)
            #expect(try await desk.pass().assigned.count == 1)
            try await desk.advance(by: 10_000)
            #expect(try await desk.pass().assigned.count == 1)
            _ = try await desk.pass()
            // Full: only an event can help now.
            #expect(try await desk.number("SELECT count(*) FROM docket.routing_lane WHERE look_at IS NOT NULL") == 0)
        }
    }

    @Test func aRateLimitHoldsInAnyWindow() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            _ = try await desk.tenant.addAgent(capacity: 100)
            try await desk.set("rate_assignments = 2, rate_minutes = 10")
            for _ in 0..<6 { try await desk.create() }
            #expect(try await desk.pass().assigned.count == 2)
            // What he just got counts: nothing but the window's end gives him more.
            #expect(try await (599...601).contains(desk.secondsUntilOwnLook()))
            try await desk.advance(by: 599)
            #expect(try await desk.pass().assigned.isEmpty)
            try await desk.advance(by: 2)
            #expect(try await desk.pass().assigned.count == 2)
            #expect(try await desk.number("SELECT cardinality(recent_assignments) FROM docket.agent_load") == 2)
        }
    }

    @Test func aSolvedTicketBeginsTheWrapUp() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            let agent = try await desk.tenant.addAgent(capacity: 1)
            try await desk.set("wrap_up_seconds = 30")
            let first = try await desk.create()
            _ = try await desk.pass()
            // A reading that is carried forward goes on while the clock stands still.
            desk.api.clock.invalidate()
            _ = try await desk.commands.transition(TicketRequest(first, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            let second = try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await desk.value("SELECT reasons FROM docket.routing_refusal").contains("cooldown"))
            // The process that solved it may have carried its reading of the clock forward by up to a second.
            #expect(try await (30...31).contains(desk.secondsUntilOwnLook()))
            try await desk.advance(by: 31)
            #expect(try await desk.pass().assigned.map(\.ticket) == [second])
        }
    }

    @Test("A ramp-up that leaves room does not put off the look at the end of a wrap-up")
    func aWrapUpWithinTheRampUp() async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            let agent = try await desk.tenant.addAgent(capacity: 5)
            try await desk.set("wrap_up_seconds = 30, ramp_up_seconds = 1000")
            let first = try await desk.create()
            #expect(try await desk.pass().assigned.count == 1)
            desk.api.clock.invalidate()
            _ = try await desk.commands.transition(TicketRequest(first, in: desk.tenant.id, by: .agent(agent)), to: .resolved)
            try await desk.create()
            #expect(try await desk.pass().assigned.isEmpty)
            #expect(try await (30...31).contains(desk.secondsUntilOwnLook()))
        }
    }

    /// The doctor's statements: a drift on a channel alone is found and mended.
    @Test func aDriftOnAChannelIsRepaired() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.create(on: .email)
            _ = try await desk.pass()
            try await desk.set("channel_loads = '{1,0,0,0,0,0,0,0,0,0}'")
            let states: [TicketState] = [.assigned, .inProgress]
            var unit = TenantUnit(desk.tenant.id)
            let drift = unit.add(LoadDrift(tenant: desk.tenant.id, states: states, limit: 10))
            unit.add(RecomputeLoads(tenant: desk.tenant.id, agents: [agent], states: states))
            let left = unit.add(LoadDrift(tenant: desk.tenant.id, states: states, limit: 10))
            let result = try await desk.api.database.run(unit)
            #expect(try result.rows(drift).map(\.agent) == [agent])
            #expect(try result.rows(left).isEmpty)
            #expect(try await desk.channelLoads() == "{0,1,0,0,0,0,0,0,0,0}")
        }
    }
}

extension RoutingDesk {
    @discardableResult
    fileprivate func create(on channel: Channel) async throws -> TicketID {
        let content = TicketContent(subject: "A test", channel: channel)
        let outcome = try await commands.create(NewTicket(content: content), in: tenant.id, by: .system)
        guard case .done(let change) = outcome else { throw UseCaseError.busy }
        return change.after.id
    }

    /// Sets columns of every agent's load.
    /// Writes what a pass had decided, whatever happened since.
    ///
    /// - Parameter atOnce: as a batch, or one after the other.
    fileprivate func commit(_ tickets: [TicketID], to agent: AgentID, ceiling: Int? = nil, atOnce: Bool) async throws -> [TicketID] {
        guard atOnce else {
            var accepted: [TicketID] = []
            for ticket in tickets { accepted += try await commit([ticket], to: agent, ceiling: ceiling, atOnce: true) }
            return accepted
        }
        let now = try await api.clock.now()
        let planned = tickets.enumerated().map { place, ticket in
            let time = now.adding(microseconds: Int64(place))
            return PlannedAssignment(
                assignment: RoutingAssignment(ticket: ticket, agent: agent, weight: 1, step: 0, assignedAt: time),
                version: 1,
                rank: "",
                ceiling: ceiling
            )
        }
        let signal: ID<SignalQueue> = api.identifiers.next()
        let batch = AssignmentBatch(tenant: tenant.id, queue: tenant.queue, assignments: planned, time: now, signal: signal, hasMore: false)
        return try await dispatcher.database.accept(batch)
    }

    fileprivate func set(_ columns: String) async throws {
        try await database.sql("UPDATE docket.agent_load SET \(columns)")
    }

    fileprivate func channelLoads() async throws -> String {
        try await value("SELECT channel_loads FROM docket.agent_load")
    }

    /// Rounded, from now to the time at which the queue asks to be looked at once nothing has happened for a while.
    fileprivate func secondsUntilOwnLook() async throws -> Int {
        _ = try await quietPass()
        return try await number("SELECT round(extract(epoch FROM look_at - docket.now())) FROM docket.routing_lane")
    }

    func heartbeat(of agent: AgentID, status: RoutingPresence = .online, channelsOff: Set<Channel> = [], lease: Int = 60, isBack: Bool = false)
        async throws
    {
        _ = try await directory.heartbeat(of: agent, status: status, channelsOff: channelsOff, isBack: isBack, lease: lease, in: tenant.id)
    }
}
