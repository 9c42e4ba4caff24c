import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What people complained about in other desks' clocks (features.md, complaint cases D6 to D16 and D30, levels), on the whole stack: each must not
/// happen here. What is arithmetic has its suite of the same name in DomainTests.
@Suite struct ComplaintSLATests {
    private static let policy = #"""
        {"name":"Gold","targets":[{"metric":"first_response","seconds":3600,"mode":"calendar"},{"metric":"next_response","seconds":3600,"mode":"calendar"},
        {"metric":"periodic_update","seconds":14400,"mode":"calendar"},{"metric":"resolution","seconds":28800,"mode":"calendar"}],
        "pauses":[{"metric":"resolution","category":"pending"}],"options":{"periodic_update_pauses_in_pending":true}}
        """#

    private func timer(_ desk: SchedulerDesk, _ id: TicketID, _ metric: SLAMetric) async throws -> SLAExplanation {
        let timers = try await TimerQueries(environment: desk.api).timers(of: id, in: desk.tenant.id, limit: 100).timers
        return try #require(timers.last { $0.explanation.metric == metric }?.explanation)
    }

    private func move(_ desk: SchedulerDesk, _ id: TicketID, _ state: TicketState, by agent: AgentID) async throws {
        _ = try await desk.commands.transition(TicketRequest(id, in: desk.tenant.id, by: .agent(agent)), to: state)
    }

    private func customerWrites(_ desk: SchedulerDesk, to id: TicketID) async throws {
        _ = try await desk.commands.addMessage(
            TicketRequest(id, in: desk.tenant.id, by: .system),
            visibility: .public,
            author: .requester(nil),
            body: "And?"
        )
    }

    private func assigned(_ desk: SchedulerDesk) async throws -> (TicketID, AgentID) {
        let agent = try await desk.tenant.addAgent()
        let id = try await desk.create()
        _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: agent)
        return (id, agent)
    }

    private func breaches(_ desk: SchedulerDesk) async throws -> [String] {
        try await desk.database.sql("SELECT metric FROM docket.sla_firing WHERE kind = 'breach' ORDER BY scheduled_for, metric").map { $0[0] }
    }

    @Test("D6: nothing is overdue that was answered; a state that pauses stops the clock for as long as it lasts")
    func answeredAndPaused() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (id, agent) = try await assigned(desk)
            try await desk.advance(by: 1_800)
            try await desk.reply(to: id, by: agent)
            try await move(desk, id, .waitingCustomer, by: agent)
            try await desk.advance(by: 10 * 86_400)
            #expect(try await desk.fire().fired == 0)
            #expect(try await breaches(desk).isEmpty)
            try await move(desk, id, .inProgress, by: agent)
            try await desk.advance(by: 28_800 - 1_700)
            _ = try await desk.fire()
            #expect(try await breaches(desk).contains("resolution"))
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("D7: a clock that is shown as paused counts nothing, and one reply is a response, not a resolution")
    func pausedClocksStandStill() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (id, agent) = try await assigned(desk)
            try await desk.advance(by: 600)
            try await desk.reply(to: id, by: agent)
            #expect(try await timer(desk, id, .firstResponse).state == .met)
            #expect(try await timer(desk, id, .resolution).state == .running)
            try await move(desk, id, .waitingCustomer, by: agent)
            let before = try await timer(desk, id, .resolution)
            try await desk.advance(by: 5_000)
            let after = try await timer(desk, id, .resolution)
            #expect(before.state == .paused && after.consumed == before.consumed && after.dueAt == nil)
            let (resumed, earlier) = try (#require(after.ifResumedNow), #require(before.ifResumedNow))
            #expect(resumed.dueAt > earlier.dueAt)
        }
    }

    @Test("D8: another priority in the middle of a ticket keeps what was paused")
    func priorityKeepsPauses() async throws {
        let policy = #"""
            {"name":"Gold","targets":[{"metric":"resolution","priority":3,"seconds":28800,"mode":"calendar"},
            {"metric":"resolution","priority":1,"seconds":7200,"mode":"calendar"}],"pauses":[{"metric":"resolution","category":"pending"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let (id, agent) = try await assigned(desk)
            try await move(desk, id, .waitingCustomer, by: agent)
            try await desk.advance(by: 100_000)
            try await move(desk, id, .inProgress, by: agent)
            try await desk.advance(by: 3_600)
            let ticket = try await desk.ticket(id)
            _ = try await desk.commands.update(
                TicketRequest(id, in: desk.tenant.id, by: .agent(agent), expectedVersion: ExpectedVersions(ticket.version)),
                reason: "worse"
            ) { content in
                var content = content
                content.priority = .p1
                return content
            }
            let clock = try await timer(desk, id, .resolution)
            #expect(clock.state == .running && clock.targetVersion == 2 && clock.target == 7_200_000_000)
            #expect(clock.consumed < 3_700_000_000)
            #expect(try await breaches(desk).isEmpty)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("D12: a reply and the wait for the customer after it keep the first response, with its figures")
    func replyThenPending() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (id, agent) = try await assigned(desk)
            try await desk.advance(by: 60)
            try await desk.reply(to: id, by: agent)
            try await move(desk, id, .waitingCustomer, by: agent)
            let response = try await timer(desk, id, .firstResponse)
            #expect(response.state == .met && response.endedAt != nil && response.consumed >= 60_000_000 && response.dueAt != nil)
            try await desk.advance(by: 50_000)
            #expect(try await desk.fire().fired == 0)
        }
    }

    @Test("D12: a customer's message by whatever way is a question, which the next reply answers; the update clock starts anew with it")
    func customerMessagesCount() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (id, agent) = try await assigned(desk)
            try await desk.reply(to: id, by: agent)
            try await move(desk, id, .waitingCustomer, by: agent)
            try await customerWrites(desk, to: id)
            // It ends the waiting for him.
            #expect(try await desk.ticket(id).state == .inProgress)
            #expect(try await timer(desk, id, .nextResponse).state == .running)
            try await desk.advance(by: 1_800)
            try await desk.reply(to: id, by: agent)
            #expect(try await timer(desk, id, .nextResponse).state == .met)
            let update = try await timer(desk, id, .periodicUpdate)
            #expect(update.instance == 2 && update.state == .running && update.consumed < 60_000_000)
            try await desk.advance(by: 3_600)
            #expect(try await desk.fire().fired == 0, "the answered question and the first update are over")
        }
    }

    @Test("D12: who reopens a ticket goes on with its clock, and his message is a question from then on")
    func reopened() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (id, agent) = try await assigned(desk)
            try await desk.reply(to: id, by: agent)
            try await desk.advance(by: 3_600)
            try await move(desk, id, .resolved, by: agent)
            try await desk.advance(by: 200_000)
            #expect(try await desk.fire().fired == 0)
            try await customerWrites(desk, to: id)
            // Its agent is not there any more, two days later.
            #expect(try await desk.ticket(id).state == .waitingAssignment)
            let resolution = try await timer(desk, id, .resolution)
            #expect(resolution.state == .running && resolution.instance == 1 && resolution.consumed < 3_700_000_000)
            #expect(try await timer(desk, id, .nextResponse).state == .running)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("After closing no clock starts: what the customer writes then is another ticket, with clocks of its own")
    func closed() async throws {
        try await SchedulerDesk.with(policy: Self.policy) { desk in
            let (id, agent) = try await assigned(desk)
            try await move(desk, id, .resolved, by: agent)
            try await move(desk, id, .closed, by: agent)
            try await customerWrites(desk, to: id)
            let other = try #require(TicketID(try await desk.value("SELECT id FROM docket.ticket WHERE follow_up_of = '\(id)'")))
            try await desk.advance(by: 1_000_000)
            #expect(try await desk.fire().fired > 0)
            #expect(try await desk.kinds(of: id).last == "ticket.followed_up")
            #expect(try await desk.kinds(of: other).contains("sla.breached"))
            for ticket in [id, other] { try await desk.expectHistoryRebuilds(ticket) }
            let timers = try await TimerQueries(environment: desk.api).timers(of: id, in: desk.tenant.id, limit: 100).timers
            #expect(timers.allSatisfy { $0.explanation.endedAt != nil })
        }
    }

    @Test("D16: the promise of a ticket can be changed, by what the ticket is; another policy measures it from its start")
    func anotherPolicy() async throws {
        let urgent = #"""
            {"name":"Urgent","conditions":{"field":"priority","op":"equals","value":1},"targets":[{"metric":"resolution","seconds":3600,"mode":"calendar"}]}
            """#
        try await SchedulerDesk.with(policy: urgent) { desk in
            try await desk.tenant.addPolicy(#"{"name":"Else","targets":[{"metric":"resolution","seconds":86400,"mode":"calendar"}]}"#)
            let id = try await desk.create()
            #expect(try await timer(desk, id, .resolution).target == 86_400_000_000)
            try await desk.advance(by: 1_800)
            let ticket = try await desk.ticket(id)
            let request = TicketRequest(id, in: desk.tenant.id, by: .system, expectedVersion: ExpectedVersions(ticket.version))
            _ = try await desk.commands.update(request, reason: "worse") {
                content in
                var content = content
                content.priority = .p1
                return content
            }
            let clock = try await timer(desk, id, .resolution)
            #expect(clock.target == 3_600_000_000 && clock.consumed >= 1_800_000_000)
            #expect(try await desk.kinds(of: id).contains("sla.policy_changed"))
            try await desk.advance(by: 1_900)
            #expect(try await desk.fire().breaches == 1)
        }
    }

    @Test("An imported ticket whose time is over is recorded as missed, and nobody is told")
    func imports() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let agent = try await desk.tenant.addAgent()
            try await desk.addChain(ComplaintSLATests.chain([ComplaintSLATests.level([agent], timeout: 60)]))
            let start = try await desk.api.clock.now().adding(microseconds: -7_200_000_000)
            let new = NewTicket(content: TicketContent(subject: "Old"), priority: .p3, occurredAt: start)
            guard case .done(let change) = try await desk.commands.create(new, in: desk.tenant.id, by: .system) else { throw UseCaseError.busy }
            _ = try await desk.fire()
            #expect(try await desk.number("SELECT count(*) FROM docket.sla_firing WHERE suppressed") == 2)
            #expect(try await desk.number("SELECT count(*) FROM docket.escalation_run") == 0)
            #expect(try await desk.number("SELECT count(*) FROM docket.outbox") == 0)
            try await desk.expectHistoryRebuilds(change.after.id)
        }
    }

    // MARK: - Levels

    static func level(_ agents: [AgentID], timeout: Int) -> String {
        let targets = agents.map { #"{"type":"agent","id":"\#($0)"}"# }.joined(separator: ",")
        return #"{"targets":[\#(targets)],"timeout":\#(timeout),"mode":"wall","condition":"not_acked","actions":["notify"]}"#
    }

    static func chain(_ levels: [String]) -> String {
        #"{"version":1,"levels":[\#(levels.joined(separator: ","))],"repeats":0}"#
    }

    private func mails(_ desk: SchedulerDesk, to agent: AgentID) async throws -> Int {
        try await desk.number("SELECT count(*) FROM docket.outbox WHERE kind = 'mail' AND payload::text LIKE '%\(agent)@%'")
    }

    @Test("A5.6, D14: an urgent ticket that nobody touched is silent for 3:59:59 and tells the head once at 4:00:00, however many schedulers look")
    func fourHours() async throws {
        let policy = #"""
            {"name":"Urgent","conditions":{"field":"priority","op":"equals","value":1},
            "targets":[{"metric":"agent_inactivity","seconds":14400,"mode":"calendar"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let (agent, head) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            try await desk.addChain(ComplaintSLATests.chain([ComplaintSLATests.level([head], timeout: 3_600)]))
            let id = try await desk.create(TicketContent(subject: "Urgent", priority: .p1))
            _ = try await desk.create(TicketContent(subject: "Not urgent", priority: .p3))
            try await desk.advance(by: 14_000)
            // An agent's note starts the four hours anew.
            _ = try await desk.commands.addMessage(
                TicketRequest(id, in: desk.tenant.id, by: .agent(agent)),
                visibility: .internal,
                author: .agent(agent),
                body: "Looking."
            )
            let due = try #require(try await timer(desk, id, .agentInactivity).dueAt)
            try await desk.database.freezeClock()
            func seconds() async throws -> Double {
                let now = try await desk.number("SELECT (extract(epoch FROM docket.now()) * 1000000)::bigint")
                return Double(due.microseconds - Int64(now)) / 1_000_000
            }
            try await desk.advance(by: try await seconds() - 1)
            #expect(try await desk.fire().fired == 0)
            try await desk.advance(by: try await seconds())
            async let first = desk.fire()
            async let second = desk.fire()
            async let third = desk.fire()
            #expect(try await first.breaches + second.breaches + third.breaches == 1)
            #expect(try await desk.fire().fired == 0)
            #expect(try await mails(desk, to: head) == 1)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("D14: each level tells other people, the first before the second")
    func levels() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let (first, second) = (try await desk.tenant.addAgent(), try await desk.tenant.addAgent())
            let levels = [ComplaintSLATests.level([first], timeout: 600), ComplaintSLATests.level([second], timeout: 600)]
            try await desk.addChain(ComplaintSLATests.chain(levels))
            try await desk.create()
            try await desk.advance(by: 1_801)
            _ = try await desk.fire()
            #expect(try await mails(desk, to: first) == 1)
            #expect(try await mails(desk, to: second) == 0)
            try await desk.advance(by: 601)
            _ = try await desk.fire()
            #expect(try await mails(desk, to: first) == 1)
            #expect(try await mails(desk, to: second) == 1)
        }
    }

    @Test("D30: several people on a level are told once each; one who takes care stands for all, and later levels stay silent")
    func acknowledgement() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let people = [try await desk.tenant.addAgent(), try await desk.tenant.addAgent()]
            let third = try await desk.tenant.addAgent()
            let levels = [ComplaintSLATests.level(people + people, timeout: 600), ComplaintSLATests.level([third], timeout: 600)]
            try await desk.addChain(ComplaintSLATests.chain(levels))
            let id = try await desk.create()
            try await desk.advance(by: 1_801)
            _ = try await desk.fire()
            for person in people { #expect(try await mails(desk, to: person) == 1) }
            #expect(try await desk.acknowledge(id) == 1)
            try await desk.advance(by: 1_000)
            _ = try await desk.fire()
            #expect(try await mails(desk, to: third) == 0)
        }
    }

    // MARK: - Stages

    @Test("A5.5: each stage has its own longest stay; who is over it is reminded, whatever the ticket's own clock says")
    func stages() async throws {
        let policy = #"""
            {"name":"Stages","targets":[{"metric":"stage","stage":"confirm","seconds":900,"mode":"calendar"},
            {"metric":"stage","stage":"process","seconds":3600,"mode":"calendar"},{"metric":"stage","stage":"feedback","seconds":7200,"mode":"calendar"},
            {"metric":"resolution","seconds":864000,"mode":"calendar"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let reminded = try await desk.tenant.addAgent()
            try await desk.addChain(ComplaintSLATests.chain([ComplaintSLATests.level([reminded], timeout: 600)]))
            let id = try await desk.create()
            let confirm = try await timer(desk, id, .stage)
            #expect(confirm.stage == .confirm && confirm.target == 900_000_000)
            try await desk.advance(by: 901)
            #expect(try await desk.fire().breaches == 1)
            #expect(try await mails(desk, to: reminded) == 1)

            // An agent takes it in time for the next stage, which has a clock of its own.
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: reminded)
            #expect(try await timer(desk, id, .stage).stage == .confirm)
            try await move(desk, id, .inProgress, by: reminded)
            #expect(try await timer(desk, id, .stage).stage == .process)
            try await desk.advance(by: 3_000)
            try await move(desk, id, .resolved, by: reminded)
            let feedback = try await timer(desk, id, .stage)
            #expect(feedback.stage == .feedback && feedback.instance == 3 && feedback.state == .running)
            #expect(try await timer(desk, id, .resolution).state == .met)
            try await desk.advance(by: 7_201)
            #expect(try await desk.fire().breaches == 1)
            #expect(try await mails(desk, to: reminded) == 2)
            try await move(desk, id, .closed, by: reminded)
            #expect(try await timer(desk, id, .stage).state == .breachedMet)
            try await desk.expectHistoryRebuilds(id)
        }
    }

    @Test("A5.9: the time of each group, stage and owner adds up to the whole, beside the customer's promise and the groups' own")
    func handling() async throws {
        let policy = #"""
            {"name":"OLA","calendar_id":"$CALENDAR","targets":[{"metric":"resolution","seconds":28800,"mode":"calendar"},{"metric":"group_ownership","seconds":1800,"mode":"calendar"}]}
            """#
        try await SchedulerDesk.with(policy: policy) { desk in
            let groups: [GroupID] = [IdentifierSource().next(), IdentifierSource().next()]
            for (index, group) in groups.enumerated() {
                try await desk.database.sql(
                    """
                    INSERT INTO docket.agent_group (tenant_id, id, name, created_at, updated_at)
                        VALUES ('\(desk.tenant.id)', '\(group)', 'Group \(index)', docket.now(), docket.now());
                    UPDATE docket.tenant_configuration SET version = version + 1;
                    """
                )
            }
            let agents = [try await desk.tenant.addAgent(), try await desk.tenant.addAgent()]
            let id = try await desk.create(TicketContent(subject: "x", groupID: groups[0]))
            try await desk.advance(by: 1_000)
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: agents[0])
            try await desk.reply(to: id, by: agents[0])
            try await desk.advance(by: 2_000)
            let ticket = try await desk.ticket(id)
            _ = try await desk.commands.update(TicketRequest(id, in: desk.tenant.id, by: .system, expectedVersion: ExpectedVersions(ticket.version)))
            { content in
                var content = content
                content.groupID = groups[1]
                return content
            }
            _ = try await desk.commands.assign(TicketRequest(id, in: desk.tenant.id, by: .system), to: agents[1])
            try await desk.advance(by: 500)
            let handling = try await TimerQueries(environment: desk.api).handling(of: id, in: desk.tenant.id)
            #expect(handling.time.steps.map(\.group) == [groups[0], groups[0], groups[1]])
            #expect(handling.time.steps.map(\.stage) == [.confirm, .process, .process])
            #expect(handling.time.steps.reduce(0) { $0 + $1.amount.wall } == handling.time.total.wall)
            #expect(handling.time.total.wall >= 3_500_000_000 && handling.time.total.business == handling.time.total.wall)
            #expect(handling.time.steps[2].owners.map(\.agent).last == agents[1])
            #expect(handling.customer.map(\.metric) == [.resolution])
            #expect(handling.internalTargets.map(\.group) == groups && handling.internalTargets[0].consumed >= 3_000_000_000)
        }
    }
}
