import Store
import Synchronization
import TestSupport
import Testing
import UseCases

@testable import Domain

/// Looks that begin a pass where they find one queue, against the tables.
@Suite struct BegunPassTests {
    /// What a look told, and how the pass ended that it began.
    struct Look {
        var discovery: RoutingDiscovery
        var begun: RoutingLane?
        var pass: BegunPass?
        var report: RoutingPassReport? { try? pass?.outcome.get() }
    }

    static func look(_ desk: RoutingDesk, limit: Int = 100, passes: RoutingPasses? = nil) async throws -> Look {
        let told = Mutex<[(RoutingDiscovery, RoutingLane?)]>([])
        let pass = try await (passes ?? desk.passes).begin(limit: limit) { discovery, lane in told.withLock { $0.append((discovery, lane)) } }
        let all = told.withLock { $0 }
        let (discovery, begun) = try #require(all.first)
        #expect(all.count == 1 && begun == pass?.lane)
        return Look(discovery: discovery, begun: begun, pass: pass)
    }

    /// With the configuration in the dispatcher's memory.
    private static func with(_ body: @Sendable (RoutingDesk) async throws -> Void) async throws {
        try await RoutingDesk.with { desk in
            _ = try await desk.dispatcher.configurations.configuration(of: desk.tenant.id)
            try await body(desk)
        }
    }

    private static let signals = "SELECT count(*) FROM docket.routing_signal"

    @Test("One queue: its ticket is given out in the transaction of the look, as by a pass")
    func one() async throws {
        try await Self.with { desk in
            let agent = try await desk.tenant.addAgent()
            let id = try await desk.create()
            let look = try await Self.look(desk)
            let lane = RoutingLane(tenant: desk.tenant.id, queue: desk.tenant.queue, weight: 1)
            #expect(look.discovery.lanes == [lane] && look.begun == lane && look.discovery.scope == .signals)
            #expect(look.report?.assigned.map(\.ticket) == [id] && look.report?.assigned.map(\.agent) == [agent])
            #expect(look.report?.hasMore == false)
            #expect(try await desk.ticket(id).assigneeID == agent)
            #expect(try await desk.number(Self.signals) == 0)
            let loads = try await desk.loads()
            #expect(loads.stored == 1 && loads.recomputed == 1)
        }
    }

    @Test("No queue: nothing is begun, and no transaction stays open")
    func none() async throws {
        try await Self.with { desk in
            let look = try await Self.look(desk)
            #expect(look.discovery.lanes.isEmpty && look.begun == nil)
            #expect(try await desk.number(Self.open) == 0)
        }
    }

    private static let open = """
        SELECT count(*) FROM pg_stat_activity WHERE usename = 'docket_dispatcher' AND datname = current_database() AND state LIKE 'idle in%'
        """

    @Test("Several queues: all are told of, and nothing is done or read, also where the same connection has begun a pass before")
    func several() async throws {
        try await RoutingDesk.with(connections: 1) { desk in
            _ = try await desk.dispatcher.configurations.configuration(of: desk.tenant.id)
            _ = try await desk.tenant.addAgent()
            try await desk.create()
            #expect(try await Self.look(desk).report?.assigned.count == 1)
            let other = try await TestTenant.make(in: desk.database)
            _ = try await desk.dispatcher.configurations.configuration(of: other.id)
            _ = try await other.addAgent()
            _ = try await desk.commands.create(NewTicket(content: TicketContent(subject: "A test")), in: other.id, by: .system)
            try await desk.create()
            let look = try await Self.look(desk)
            #expect(Set(look.discovery.lanes.map(\.tenant)) == [desk.tenant.id, other.id] && look.begun == nil)
            #expect(try await desk.number(Self.signals) == 2)
            #expect(try await desk.waitingCount() == 2)
            await #expect(throws: Stop.self) {
                try await desk.dispatcher.database.look(limit: 10) { transaction, look in
                    #expect(look.found == nil)
                    for tenant in [desk.tenant, other] {
                        #expect(try await transaction.rows(of: LoadAgentsForExplanation(tenant: tenant.id, queue: tenant.queue)).isEmpty)
                    }
                    throw Stop()
                }
            }
            #expect(try await desk.number(Self.open) == 0)
        }
    }

    @Test("A queue whose lane another dispatcher has is found, and keeps its signals")
    func held() async throws {
        try await Self.with { desk in
            _ = try await desk.tenant.addAgent()
            try await desk.create()
            var first = TenantUnit(desk.tenant.id)
            first.add(TakeLane(tenant: desk.tenant.id, queue: desk.tenant.queue))
            await #expect(throws: Stop.self) {
                try await desk.dispatcher.database.transaction(first) { _, _ in
                    let look = try await Self.look(desk)
                    #expect(look.discovery.lanes.map(\.queue) == [desk.tenant.queue] && look.begun == nil)
                    throw Stop()
                }
            }
            #expect(try await desk.number(Self.signals) == 1)
            #expect(try await Self.look(desk).report?.assigned.count == 1)
        }
    }

    @Test("A queue of a tenant whose configuration is not in memory, or in another version, is found, and keeps its signals for a pass that reads it")
    func configurations() async throws {
        try await RoutingDesk.with { desk in
            let agent = try await desk.tenant.addAgent()
            for change in ["SELECT 1", "UPDATE docket.tenant_configuration SET version = version + 1"] {
                try await desk.create()
                try await desk.database.sql(change)
                let look = try await Self.look(desk)
                #expect(look.discovery.lanes.map(\.queue) == [desk.tenant.queue] && look.begun == nil)
                #expect(try await desk.number(Self.signals) == 1)
                #expect(try await desk.pass().assigned.map(\.agent) == [agent])
            }
            try await desk.create()
            #expect(try await Self.look(desk).report?.assigned.map(\.agent) == [agent])
        }
    }

    @Test("The look does not wait for who waits for those that go by the configuration; a pass that was begun shows what it goes by")
    func changing() async throws {
        try await Self.with { desk in
            let tenant = desk.tenant.id
            let agent = try await desk.tenant.addAgent()
            try await desk.create()
            let version = try await desk.dispatcher.configurations.configuration(of: tenant).version
            var change = TenantUnit(tenant)
            change.add(AwaitFormerCommands(tenant: tenant, version: version))
            try await desk.api.database.transaction(change) { _, _ in
                let look = try await Self.look(desk)
                #expect(look.discovery.lanes.count == 1 && look.begun == nil)
            }
            var unit = TenantUnit(tenant)
            unit.add(LockLoadRows(tenant: tenant, agents: [agent]))
            let settled = "SELECT docket.configuration_is_settled('\(tenant)', \(version + 1))::int"
            let pass = try await desk.api.database.transaction(unit) { _, _ in
                let pass = Task { try await Self.look(desk).report?.assigned.count }
                try await desk.eventually("the pass waits for the agent's row") {
                    try await desk.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        == 1
                }
                #expect(try await desk.number(settled) == 0)
                return pass
            }
            #expect(try await pass.value == 1)
            #expect(try await desk.number(settled) == 1)
        }
    }

    @Test("The transaction sees the tenant of the queue that was found, and nobody else's rows")
    func isolation() async throws {
        try await Self.with { desk in
            let agent = try await desk.tenant.addAgent()
            let other = try await TestTenant.make(in: desk.database)
            _ = try await other.addAgent()
            let theirs = try await desk.commands.create(NewTicket(content: TicketContent(subject: "A test")), in: other.id, by: .system)
            guard case .done(let change) = theirs else { throw UseCaseError.busy }
            try await desk.database.sql("DELETE FROM docket.routing_signal")
            try await desk.create()
            await #expect(throws: Stop.self) {
                try await desk.dispatcher.database.look(limit: 10) { transaction, look in
                    let found = try #require(look.found)
                    let front = try found.reading.front()
                    #expect(found.lane.tenant == desk.tenant.id && front.count == 1)
                    #expect(try found.reading.agents().map(\.id) == [agent])
                    #expect(try await transaction.rows(of: LoadAgentsForExplanation(tenant: other.id, queue: other.queue)).isEmpty)
                    let heads = LoadRoutingHeads(tenant: other.id, queue: other.queue, limit: 10, except: [], closed: [])
                    #expect(try await transaction.rows(of: heads).isEmpty)
                    #expect(try await transaction.rows(of: LoadTickets(tenant: other.id, tickets: [change.after.id])).isEmpty)
                    let lane = try #require(try await transaction.first(of: TakeLane(tenant: other.id, queue: other.queue)))
                    #expect(!lane.isHeld && !lane.exists)
                    throw Stop()
                }
            }
        }
    }

    @Test("A closed queue's pass records why its tickets wait, and when to look again")
    func closed() async throws {
        try await QueueHoursTests.withHours { desk in
            _ = try await desk.tenant.addAgent()
            _ = try await desk.dispatcher.configurations.configuration(of: desk.tenant.id)
            try await desk.create()
            let look = try await Self.look(desk)
            #expect(look.report?.assigned.isEmpty == true && look.report?.hasMore == false)
            #expect(try await desk.value("SELECT reasons FROM docket.routing_refusal").contains("queue_closed"))
            #expect(try await desk.number(Self.signals) == 0)
        }
    }

    @Test("What follows a pass follows this one, too: somebody is told of a ticket that nobody can take")
    func told() async throws {
        try await RoutingDesk.with { desk in
            let skill = try await desk.tenant.addSkill("rare")
            _ = try await desk.tenant.addAgent()
            _ = try await desk.dispatcher.configurations.configuration(of: desk.tenant.id)
            let id = try await desk.create(skills: SkillRequirements(required: [SkillLevel(skill, level: 1)]))
            #expect(try await Self.look(desk).report?.examined == 1)
            #expect(try await desk.history(of: id).map(\.payload.kind) == ["ticket.created", "ticket.unroutable"])
        }
    }

    @Test("A pass that cannot be written fails, and leaves everything to the next")
    func failure() async throws {
        try await Self.with { desk in
            _ = try await desk.tenant.addAgent()
            let id = try await desk.create()
            try await desk.refuseChanges(of: id)
            let look = try await Self.look(desk)
            #expect(look.begun != nil && look.report == nil)
            #expect(try await desk.number(Self.signals) == 1)
            #expect(try await desk.waitingCount() == 1)
        }
    }

    @Test("What it reads is what a pass reads, whoever waits and whoever is there", arguments: 0..<8)
    func sameReading(seed: Int) async throws {
        try await RoutingDesk.with(hasTestClock: true) { desk in
            try await desk.database.freezeClock()
            var random = SplitMix64(seed: UInt64(seed))
            let skills = [try await desk.tenant.addSkill("a"), try await desk.tenant.addSkill("b")]
            func some() -> [SkillLevel] {
                skills.filter { _ in Bool.random(using: &random) }.map { SkillLevel($0, level: .random(in: 1...3, using: &random)) }
            }
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let (capacity, tier) = (Int.random(in: 1...3, using: &random), Int.random(in: 0...1, using: &random))
                _ = try await desk.tenant.addAgent(capacity: capacity, skills: some(), tier: tier)
            }
            for _ in 0..<Int.random(in: 1...12, using: &random) { try await desk.create(skills: SkillRequirements(required: some())) }
            if Bool.random(using: &random) { _ = try await desk.pass() }
            try await desk.create()
            let (tenant, queue, limit) = (desk.tenant.id, desk.tenant.queue, Int.random(in: 1...10, using: &random))
            let begun = Mutex("")
            await #expect(throws: Stop.self) {
                try await desk.dispatcher.database.look(limit: limit) { _, look in
                    let reading = try #require(look.found).reading
                    let read = try Self.text(reading.taken, reading.agents(), reading.front(), reading.refusals())
                    begun.withLock { $0 = read }
                    throw Stop()
                }
            }
            var unit = TenantUnit(tenant)
            let lane = unit.add(TakeLane(tenant: tenant, queue: queue))
            let agents = unit.add(LoadRoutingAgents())
            let front = unit.add(LoadRoutingFront(limit: limit))
            let refusals = unit.add(LoadRefusals())
            let result = try await desk.dispatcher.database.run(unit)
            let read = Self.text(try result.first(lane), try result.rows(agents), try result.rows(front), try result.rows(refusals))
            #expect(begun.withLock { $0 } == read)
        }
    }

    private static func text(_ taken: TakeLane.Row?, _ agents: [RoutingAgentRow], _ front: [RoutingHead], _ refusals: [LoadRefusals.Row]) -> String {
        let reasons = refusals.sorted { $0.classKey < $1.classKey }
            .map { ($0.classKey, $0.document.reason, $0.document.agents.sorted { $0.key < $1.key }) }
        // Without the order in which dictionaries are told: letter by letter.
        let team = agents.map { String("\($0)".sorted()) }
        return "\(taken as Any) \(team) \(front) \(reasons)"
    }

    private struct Stop: Error {}
}
