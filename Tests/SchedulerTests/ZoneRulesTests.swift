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

    private static let deadlines = "SELECT metric, due_at FROM docket.sla_timer WHERE due_at IS NOT NULL ORDER BY ticket_id, metric"
}
