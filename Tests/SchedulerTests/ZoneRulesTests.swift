import Deployment
import Domain
import Store
import TestSupport
import Testing
import UseCases

/// Another release of the time zone database changes what is to come, never what was counted (decision 0028).
@Suite struct ZoneRulesTests {
    /// A database of one release, in which Berlin keeps the hours of another zone.
    private struct Release: TimeZoneSource {
        let databaseVersion: String?
        let berlin: String

        func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
            try ZoneFiles().zone(named: name == "Europe/Berlin" ? berlin : name)
        }
    }

    private static let before = Release(databaseVersion: "2090a", berlin: "Europe/Berlin")
    private static let after = Release(databaseVersion: "2091a", berlin: "America/New_York")

    private func environment(_ database: Database, _ zones: Release) -> UseCaseEnvironment {
        UseCaseEnvironment(database: database, wakeUps: WakeUps(notifier: nil), zones: zones)
    }

    private func directory(_ api: UseCaseEnvironment, _ zones: Release) -> DirectoryCommands {
        let tools = DirectoryTools(zones: zones, secrets: WebhookSecretVault(SecretBox(current: MasterKey()))) { _ in nil }
        return DirectoryCommands(environment: api, tools: tools)
    }

    private static let hours = CalendarDefinition(
        zone: "Europe/Berlin",
        weekly: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [WallInterval(start: 8 * 3_600, end: 18 * 3_600)]) })
    )

    @Test("What was counted by the rules of its time stays so, in the stored clocks and in a replay; deadlines to come follow the new ones")
    func takeover() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let tenant = desk.tenant.id
            let old = environment(desk.api.database, Self.before)
            let directory = directory(old, Self.before)
            guard case .done(let calendar) = try await directory.createCalendar(CalendarContent(name: "Office", definition: Self.hours), in: tenant)
            else { throw UseCaseError.busy }
            var definition = SLAPolicyDefinition(
                name: "Hours",
                targets: [SLATarget(metric: .resolution, seconds: 720_000), SLATarget(metric: .firstResponse, seconds: 720_000)]
            )
            definition.calendar = calendar.id
            definition.pauses = [SLAPause(.resolution, category: .hold)]
            _ = try await directory.createSLAPolicy(SLAPolicyContent(position: 0, definition: definition), in: tenant)
            func machine(_ zones: Release) -> SchedulerDesk {
                SchedulerDesk(
                    database: desk.database,
                    tenant: desk.tenant,
                    api: environment(desk.api.database, zones),
                    scheduler: environment(desk.scheduler.database, zones)
                )
            }
            let (first, second) = (machine(Self.before), machine(Self.after))
            let agent = try await desk.tenant.addAgent()
            let (running, paused) = (try await first.create(), try await first.create())
            for id in [running, paused] {
                _ = try await first.commands.assign(TicketRequest(id, in: tenant, by: .system), to: agent)
                _ = try await first.commands.transition(TicketRequest(id, in: tenant, by: .agent(agent)), to: .inProgress)
            }
            // A day and a half: spans that the two releases count differently, whenever the test runs.
            try await first.advance(by: 129_600)
            for id in [running, paused] { _ = try await first.commands.transition(TicketRequest(id, in: tenant, by: .agent(agent)), to: .onHold) }
            _ = try await first.commands.transition(TicketRequest(running, in: tenant, by: .agent(agent)), to: .inProgress)
            try await first.advance(by: 7_200)
            try await second.api.clock.read()
            let counted = """
                SELECT t ->> 'segments' FROM docket.sla_ledger, json_array_elements(document -> 'timers') t
                WHERE ticket_id = '\(paused)' AND t ->> 'metric' = 'resolution'
                """
            let (span, due) = (try await desk.value(counted), try await desk.database.sql(Self.deadlines))
            for id in [running, paused] { try await first.expectHistoryRebuilds(id) }
            // A machine with the new release counts by the rules that were kept until somebody takes the release over.
            for id in [running, paused] { try await second.expectHistoryRebuilds(id) }
            let reevaluations = Reevaluations(environment: second.api)
            _ = try await reevaluations.requestForTimeZones(in: tenant, release: Self.after.databaseVersion, zones: Self.after)
            try await second.reevaluate()
            #expect(try await desk.value(counted) == span)
            #expect(try await desk.database.sql(Self.deadlines) != due)
            for id in [running, paused] {
                try await second.expectHistoryRebuilds(id)
                try await first.expectHistoryRebuilds(id)
            }
            let version = try await DirectoryQueries(environment: second.api).load(calendar.id, as: CalendarContent.self, in: tenant)
            #expect(version.version == 2 && version.content.timeZoneDatabase == "2091a")
            let promises = "SELECT max((t ->> 'target_version')::int) FROM docket.sla_ledger, json_array_elements(document -> 'timers') t"
            #expect(try await desk.number(promises) == 1)
            // Again, and by a release with the same rules, nothing is published.
            for release in ["2091a", "2092a"] {
                let same = Release(databaseVersion: release, berlin: "America/New_York")
                _ = try await reevaluations.requestForTimeZones(in: tenant, release: release, zones: same)
            }
            #expect(try await desk.number("SELECT count(*) FROM docket.calendar_version") == 2)
            // A machine that was left behind takes nothing back.
            _ = try await reevaluations.requestForTimeZones(in: tenant, release: Self.before.databaseVersion, zones: Self.before)
            #expect(try await desk.number("SELECT count(*) FROM docket.calendar_version") == 2)
            #expect(try await desk.value("SELECT tz_database FROM docket.calendar") == "2092a")
        }
    }

    @Test("A tenant without room for the new versions takes nothing over and is named; the others do, and it does itself where they fit exactly")
    func room() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let other = try await TestTenant.make(in: desk.database)
            let directory = directory(environment(desk.api.database, Self.before), Self.before)
            let begin = try await desk.api.clock.read().adding(microseconds: 86_400_000_000)
            for tenant in [desk.tenant.id, other.id] {
                let office = CalendarContent(name: "Office", definition: Self.hours)
                guard case .done(let calendar) = try await directory.createCalendar(office, in: tenant) else { throw UseCaseError.busy }
                _ = try await directory.updateCalendar(calendar.id, in: tenant) {
                    CalendarContent(name: $0.name, definition: $0.definition, effectiveFrom: begin)
                }
            }
            let always = CalendarContent(name: "Often edited", definition: CalendarDefinition(zone: "UTC", alwaysOpen: true))
            _ = try await directory.createCalendar(always, in: desk.tenant.id)
            // Two versions are to be published again: what holds, and what is scheduled.
            try await desk.database.sql(
                """
                INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from, tz_database)
                    SELECT tenant_id, id, 1 + n, definition, 'epoch', tz_database FROM docket.calendar, generate_series(1, 9996) n
                    WHERE name = 'Often edited';
                UPDATE docket.calendar SET version = 9997 WHERE name = 'Often edited'
                """
            )
            let versions = "SELECT count(*) FROM docket.calendar_version WHERE tenant_id = '\(desk.tenant.id)'"
            try #require(try await desk.number(versions) == 9_999)
            let state = """
                SELECT (SELECT string_agg(c::text, ' ' ORDER BY c.id) FROM docket.calendar c WHERE c.tenant_id = n.tenant_id), n.version,
                    (SELECT count(*) FROM docket.calendar_version v WHERE v.tenant_id = n.tenant_id AND v.tz_database = '2091a'),
                    (SELECT count(*) FROM docket.calendar_zone_rules r WHERE r.tenant_id = n.tenant_id AND r.release = '2091a'),
                    (SELECT string_agg(e::text, ' ' ORDER BY e.id) FROM docket.sla_reevaluation e WHERE e.tenant_id = n.tenant_id)
                FROM docket.tenant_configuration n WHERE n.tenant_id = '\(desk.tenant.id)'
                """
            let before = try await desk.database.sql(state)
            var options = DoctorOptions()
            options.skipped = Set(DoctorCheck.allCases).subtracting([.timeZones])
            try await desk.database.withEnvironment(role: "docket_migrate", connections: 2) { [options] operated in
                let doctor = Doctor(environment: environment(operated.database, Self.after), options: options, timeZoneDatabase: "2091a")
                func finding() async throws -> DoctorFinding? { try await doctor.examine(schema: SchemaFacts(applied: 1, pending: []).finding).first }
                let slug = try await desk.value("SELECT slug FROM docket.tenant WHERE id = '\(desk.tenant.id)'")
                let told = try #require(try await finding())
                #expect(told.status == .problem && told.number("full") == 1 && told.details.first?.hasPrefix("\(slug): 2 new versions") == true)
                let repair = try #require(try await doctor.repair().first)
                #expect(!repair.isComplete && repair.repaired == 1 && repair.message.contains("\(slug) (2 beside 9999)"))
                #expect(try await desk.number("SELECT count(*) FROM docket.calendar WHERE tz_database = '2091a' AND tenant_id = '\(other.id)'") == 1)
                let reevaluations = Reevaluations(environment: environment(desk.api.database, Self.after))
                await #expect(throws: UseCaseError.self) {
                    _ = try await reevaluations.requestForTimeZones(in: desk.tenant.id, release: "2091a", zones: Self.after)
                }
                #expect(try await desk.database.sql(state) == before)
                // One less, and they fit.
                try await desk.database.sql("DELETE FROM docket.calendar_version WHERE version = 100")
                #expect(try await finding()?.status == .warning)
                let second = try #require(try await doctor.repair().first)
                #expect(second.isComplete && second.repaired == 2)
                #expect(try await desk.number(versions) == PromiseVersions.maximum)
                #expect(try await finding()?.status == .ok)
            }
        }
    }

    private static let deadlines = "SELECT metric, due_at FROM docket.sla_timer WHERE due_at IS NOT NULL ORDER BY ticket_id, metric"
}
