import Deployment
import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What a preview says of an edit ("142 running timers change, 3 breach at once.") is what the re-evaluation then does.
@Suite struct PreviewOutcomeTests {
    private struct Key: Hashable {
        let ticket: TicketID
        let metric: SLAMetric
        let instance: Int
    }

    /// A tenant whose clock stands still on a full minute, with random tickets in all states.
    private final class Scene {
        let desk: SchedulerDesk
        var random: RandomPolicies
        var tickets: [TicketID] = []

        init(_ desk: SchedulerDesk, seed: UInt64) async throws {
            self.desk = desk
            let agents = [try await desk.tenant.addAgent(), try await desk.tenant.addAgent()]
            try await desk.database.freezeClock()
            let now = try await desk.api.clock.read()
            try await desk.advance(by: 60 - Double(now.microseconds % 60_000_000) / 1_000_000)
            let hours = #"""
                {"tz":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]],"tue":[["00:00","24:00"]],"sat":[["06:00","18:00"]],"sun":[["00:00","24:00"]]}}
                """#
            // A policy that matches no ticket brings the calendar.
            try await desk.tenant.addPolicy(
                #"{"name":"None","targets":[{"metric":"resolution","seconds":90,"mode":"business"}],"conditions":{"any":[]},"calendar_id":"$CALENDAR"}"#,
                calendar: hours
            )
            let calendar = try #require(CalendarID(try await desk.value("SELECT id FROM docket.calendar")))
            random = RandomPolicies(seed: seed, calendar: calendar, agents: agents)
        }

        /// Some time in which people work and schedulers look.
        func work() async throws {
            for _ in 0..<4 { tickets.append(try await desk.create(random.ticket())) }
            for _ in 0..<12 {
                let request = TicketRequest(random.pick(tickets), in: desk.tenant.id, by: .system)
                let (agent, content) = (random.pick(random.agents), random.ticket())
                let states: [TicketState] = [.inProgress, .waitingCustomer, .onHold, .resolved, .inProgress, .closed]
                // What a ticket refuses in its state is left undone.
                switch Int.random(in: 0..<7, using: &random.random) {
                case 0: _ = try? await desk.commands.assign(request, to: agent)
                case 1, 2: _ = try? await desk.commands.transition(request, to: random.pick(states))
                case 3: _ = try? await desk.reply(to: request.ticket, by: agent)
                case 4:
                    _ = try? await desk.commands.addMessage(request, visibility: .public, author: .requester(nil), body: "Well?")
                case 5:
                    _ = try? await desk.commands.update(request) { former in
                        var edited = content
                        edited.queueID = former.queueID
                        return edited
                    }
                default: try await desk.advance(by: Double(Int.random(in: 1...90, using: &random.random)) * 60)
                }
            }
            if random.isOneOf(2) { _ = try await desk.fire() }
        }

        func ledgers() async throws -> [TicketID: SLALedger] {
            var unit = TenantUnit(desk.tenant.id)
            let handle = unit.add(LoadLedgers(tenant: desk.tenant.id, tickets: tickets))
            var ledgers: [TicketID: SLALedger] = [:]
            for row in try await desk.api.database.run(unit).rows(handle) { ledgers[row.ticket] = row.ledger }
            return ledgers
        }

        func policies() async throws -> [SLAPolicyID] {
            try await desk.database.sql("SELECT id FROM docket.sla_policy WHERE name LIKE 'P%' ORDER BY id").compactMap { SLAPolicyID($0[0]) }
        }

        func content(of id: SLAPolicyID) async throws -> SLAPolicyContent {
            try await DirectoryQueries(environment: desk.api).load(id, as: SLAPolicyContent.self, in: desk.tenant.id).content
        }

        func proposal() async throws -> PolicyProposal {
            let known = try await policies()
            guard let id = known.isEmpty ? nil : random.pick(known), !random.isOneOf(3) else { return .create(random.content()) }
            var content = try await content(of: id)
            switch Int.random(in: 0..<9, using: &random.random) {
            case 0: return .withdraw(id)
            case 1: return .replace(id, content)
            case 2: content.position = 3 - content.position
            case 3: content.isActive.toggle()
            case 4...6:
                let more = random.isOneOf(2)
                content.definition.targets = content.definition.targets.map { target in
                    let seconds = more ? target.seconds + 6_000 : max(target.seconds % 6_000, 30)
                    return SLATarget(metric: target.metric, priority: target.priority, stage: target.stage, seconds: seconds, mode: target.mode)
                }
            default:
                let name = content.definition.name
                content = random.content()
                content.definition.name = name
            }
            return .replace(id, content)
        }

        /// - Returns: the id of a new policy.
        func apply(_ proposal: PolicyProposal) async throws -> SLAPolicyID? {
            switch proposal {
            case .create(let content):
                guard case .done(let record) = try await desk.directory.createSLAPolicy(content, in: desk.tenant.id) else { throw UseCaseError.busy }
                return record.id
            case .replace(let id, let content): try await desk.editPolicy(id) { $0 = content }
            case .withdraw(let id): try await desk.editPolicy(id) { $0.isActive = false }
            }
            return nil
        }
    }

    private func clocks(_ ledgers: [TicketID: SLALedger]) -> [Key: SLATimer] {
        var clocks: [Key: SLATimer] = [:]
        for (ticket, ledger) in ledgers {
            for timer in ledger.promised { clocks[Key(ticket: ticket, metric: timer.metric, instance: timer.instance)] = timer }
        }
        return clocks
    }

    private func isLive(_ timer: SLATimer?) -> Bool { timer.map { $0.endedAt == nil && $0.cancellation == nil } ?? false }

    /// Clocks that run or pause before and after with another target or deadline, those that are cancelled, and those that begin to be promised something.
    private func counted(_ before: [Key: SLATimer], _ after: [Key: SLATimer]) -> [Int] {
        var (changed, cancelled, promised) = (0, 0, 0)
        for (key, timer) in after {
            let former = before[key]
            switch (isLive(former), isLive(timer)) {
            case (true, true):
                let isSame = former?.promise?.target == timer.promise?.target && former?.dueAt == timer.dueAt && former?.breachAt == timer.breachAt
                changed += isSame ? 0 : 1
            case (true, false): cancelled += timer.state == .cancelled ? 1 : 0
            case (false, true): promised += 1
            case (false, false): break
            }
        }
        return [changed, cancelled, promised]
    }

    @Test("Random edits do to random tickets what their preview said", arguments: 1...4 as ClosedRange<UInt64>)
    func property(seed: UInt64) async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let scene = try await Scene(desk, seed: seed)
            var sums = [0, 0, 0, 0, 0]
            for round in 0..<12 {
                try await scene.work()
                let proposal = try await scene.proposal()
                let preview = try await PolicyPreviews(environment: desk.api).preview(proposal, in: desk.tenant.id, limit: 20_000, sampleSize: 100)
                let before = try await scene.ledgers()
                let earlier = try await ReevaluationQueries(environment: desk.api).reevaluations(in: desk.tenant.id, limit: 1).first?.id
                let new = try await scene.apply(proposal)
                let what: Comment = "seed \(seed), round \(round)"
                let report = try await desk.reevaluate()
                let after = try await scene.ledgers()
                let done = try await ReevaluationQueries(environment: desk.api).reevaluations(in: desk.tenant.id, limit: 1).first
                // The same again, and what was and stays inactive, is no edit.
                let isDone = done?.id != earlier
                #expect(report.end == .idle && preview.isComplete && preview.unmeasured == 0, what)
                let outcome = isDone ? done : nil
                #expect(preview.changedTickets == Int(outcome?.changed ?? 0) && preview.breachedTimers == Int(outcome?.breached ?? 0), what)
                if let outcome { #expect(preview.examined == Int(outcome.examined) && outcome.failed == 0, what) }
                let counts = counted(clocks(before), clocks(after))
                #expect([preview.changedTimers, preview.cancelledTimers, preview.promisedTimers] == counts, what)
                #expect(preview.sample.count == min(100, counts.reduce(0, +)), what)
                for change in preview.sample {
                    let timer = clocks(after)[Key(ticket: change.ticket, metric: change.metric, instance: change.instance)]
                    #expect(change.after?.state == timer?.state && change.after?.target == timer?.promise?.target, what)
                    #expect(change.after?.dueAt == timer?.dueAt, what)
                    // What the edit puts into the past is missed when it is measured: now, which is another time for the preview and for the re-evaluation.
                    if let told = change.after?.breachAt, let done = timer?.breachAt, let due = timer?.dueAt {
                        #expect(change.after?.state == .breachedRunning ? (told == due) == (done == due) : told == done, what)
                    } else {
                        #expect(change.after?.breachAt == timer?.breachAt, what)
                    }
                    // Something that is shown differs.
                    let (old, new) = (change.before, change.after)
                    let isSame = old?.state == new?.state && old?.target == new?.target && old?.dueAt == new?.dueAt && old?.breachAt == new?.breachAt
                    #expect(!isSame, what)
                }
                let live = try await desk.database.sql("SELECT id FROM docket.ticket WHERE state <> 'closed'").compactMap { TicketID($0[0]) }
                if !after.values.contains(where: \.facts.isFinished) {
                    let policies = Dictionary(grouping: live) { after[$0]?.facts.policy?.id }.mapValues(\.count)
                    let shares = preview.shares.filter { $0.after > 0 }.map { ($0.policy ?? ($0.name == nil ? nil : new), $0.after) }
                    #expect(Dictionary(shares, uniquingKeysWith: +) == policies, what)
                }
                for (index, count) in ([preview.changedTickets, preview.breachedTimers] + counts).enumerated() { sums[index] += count }
            }
            // Each number was other than nothing.
            #expect(sums.allSatisfy { $0 > 0 }, "\(sums)")
            for id in scene.tickets { try await desk.expectHistoryRebuilds(id) }
        }
    }

    @Test("A preview measures a ticket without clocks however long its history is")
    func longHistory() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let person = try await desk.tenant.addAgent()
            let id = try await desk.create()
            try await desk.note(on: id, by: person)
            try await desk.database.sql(
                """
                INSERT INTO docket.ticket_event (tenant_id, ticket_id, seq, at, xid, version, kind, actor_kind, actor_id, data)
                    SELECT tenant_id, ticket_id, seq + n, at, xid, version, kind, actor_kind, actor_id, data
                    FROM (SELECT * FROM docket.ticket_event ORDER BY seq DESC LIMIT 1) last, generate_series(1, 2500) n;
                UPDATE docket.ticket SET last_seq = last_seq + 2500
                """
            )
            // What answers it comes after all that.
            try await desk.reply(to: id, by: person)
            let targets = [SLAMetric.firstResponse, .resolution].map { SLATarget(metric: $0, seconds: 3_600, mode: .calendar) }
            let content = SLAPolicyContent(position: 1, definition: SLAPolicyDefinition(name: "First", targets: targets))
            let preview = try await PolicyPreviews(environment: desk.api).preview(.create(content), in: desk.tenant.id, limit: 10)
            // The response was given: only the resolution runs.
            #expect([preview.examined, preview.changedTickets, preview.promisedTimers, preview.unmeasured] == [1, 1, 1, 0])
            #expect(preview.sample.map(\.metric) == [.resolution])
        }
    }

    @Test("A preview measures all tickets without clocks that it looks at, and says nothing of an edit that changes nothing")
    func withoutClocks() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            _ = try await desk.create(count: 130)
            let definition = SLAPolicyDefinition(name: "First", targets: [SLATarget(metric: .firstResponse, seconds: 3_600, mode: .calendar)])
            let content = SLAPolicyContent(position: 1, definition: definition)
            let previews = PolicyPreviews(environment: desk.api)
            let first = try await previews.preview(.create(content), in: desk.tenant.id, limit: 1_000)
            #expect([first.examined, first.changedTickets, first.promisedTimers, first.unmeasured] == [130, 130, 130, 0])
            let id = try await desk.publish(position: 1, seconds: 3_600, name: "First")
            try await desk.reevaluate()
            #expect(try await desk.newestReevaluation().changed == 130)
            let same = try await previews.preview(.replace(id, content), in: desk.tenant.id, limit: 1_000)
            #expect([same.examined, same.changedTickets, same.changedTimers] == [130, 0, 0])
        }
    }
}
