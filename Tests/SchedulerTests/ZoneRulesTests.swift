import Deployment
import Store
import TestSupport
import Testing
import UseCases

@testable import Domain

/// Another release of the time zone database changes what is to come, never what was counted (decision 0028).
@Suite struct ZoneRulesTests {
    /// A database of one release, in which Berlin keeps the hours of another zone.
    private struct Release: TimeZoneSource {
        let databaseVersion: String?
        let berlin: String
        /// A zone that it has not.
        var lacks: String?
        /// Whether its files also list what changes nothing.
        var isFat = false

        func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules {
            if name == lacks { throw .unknown(name) }
            let rules = try ZoneFiles().zone(named: name == "Europe/Berlin" ? berlin : name)
            guard isFat, let last = rules.transitions.first(where: { $0.start > 2_000_000_000 }) else { return rules }
            let again = TimeZoneRules.Transition(start: last.start + 86_400, offset: last.offset)
            let transitions = (rules.transitions + [again]).sorted { $0.start < $1.start }
            return TimeZoneRules(initialOffset: rules.initialOffset, transitions: transitions, repeatsFrom: rules.repeatsFrom)
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

    /// The same desk, seen by processes of a machine with a release.
    private func machine(_ zones: Release, _ desk: SchedulerDesk) -> SchedulerDesk {
        SchedulerDesk(
            database: desk.database,
            tenant: desk.tenant,
            api: environment(desk.api.database, zones),
            scheduler: environment(desk.scheduler.database, zones)
        )
    }

    private static let hours = office(in: "Europe/Berlin")

    private static func office(in zone: String) -> CalendarDefinition {
        let hours = [WallInterval(start: 8 * 3_600, end: 18 * 3_600)]
        return CalendarDefinition(zone: zone, weekly: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, hours) }))
    }

    private func publish(_ name: String, _ definition: CalendarDefinition, for tenant: TenantID, by directory: DirectoryCommands) async throws
        -> CalendarID
    {
        guard case .done(let calendar) = try await directory.createCalendar(CalendarContent(name: name, definition: definition), in: tenant) else {
            throw UseCaseError.busy
        }
        return calendar.id
    }

    @Test("What was counted by the rules of its time stays so, in the stored clocks and in a replay; deadlines to come follow the new ones")
    func takeover() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let tenant = desk.tenant.id
            let old = environment(desk.api.database, Self.before)
            let directory = directory(old, Self.before)
            let calendar = try await publish("Office", Self.hours, for: tenant, by: directory)
            var definition = SLAPolicyDefinition(
                name: "Hours",
                targets: [SLATarget(metric: .resolution, seconds: 720_000), SLATarget(metric: .firstResponse, seconds: 720_000)]
            )
            definition.calendar = calendar
            definition.pauses = [SLAPause(.resolution, category: .hold)]
            _ = try await directory.createSLAPolicy(SLAPolicyContent(position: 0, definition: definition), in: tenant)
            let (first, second) = (machine(Self.before, desk), machine(Self.after, desk))
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
            let version = try await DirectoryQueries(environment: second.api).load(calendar, as: CalendarContent.self, in: tenant)
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

    @Test("Files that say the same with more words publish nothing, and of one release nothing is published twice")
    func sameMeaning() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let tenant = desk.tenant.id
            let api = environment(desk.api.database, Self.before)
            _ = try await publish("Office", Self.hours, for: tenant, by: directory(api, Self.before))
            let berlin = try Self.before.zone(named: "Europe/Berlin")
            let others = [
                Release(databaseVersion: "2091a", berlin: "Europe/Berlin", isFat: true),
                Release(databaseVersion: "2090a", berlin: "America/New_York"),
            ]
            #expect(try others[0].zone(named: "Europe/Berlin") != berlin && others[0].zone(named: "Europe/Berlin").agrees(with: berlin))
            #expect(try !others[1].zone(named: "Europe/Berlin").agrees(with: berlin))
            for release in others.reversed() {
                for _ in 0..<2 {
                    _ = try await Reevaluations(environment: api).requestForTimeZones(in: tenant, release: release.databaseVersion, zones: release)
                    #expect(try await desk.number("SELECT count(*) FROM docket.calendar_version") == 1)
                }
            }
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

    /// A calendar whose hours of now were published by the earlier release, and those from the next month on by the later one.
    private func schedule(_ definition: CalendarDefinition, for calendar: CalendarID, in desk: SchedulerDesk, by release: Release) async throws {
        let environment = environment(desk.api.database, release)
        let start = try await environment.clock.read().adding(microseconds: 30 * 86_400_000_000)
        _ = try await directory(environment, release).updateCalendar(calendar, in: desk.tenant.id) { content in
            CalendarContent(name: content.name, definition: definition, effectiveFrom: start)
        }
    }

    @Test("The doctor's repair has the running clocks measured by the new rules, also where the calendar has a version of the release already")
    func repair() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let tenant = desk.tenant.id
            let (first, second) = (machine(Self.before, desk), machine(Self.after, desk))
            let directory = directory(first.api, Self.before)
            let calendar = try await publish("Office", Self.hours, for: tenant, by: directory)
            // Two days and a half: no time of day at which both zones' hours end it at the same instant.
            var definition = SLAPolicyDefinition(name: "Hours", targets: [SLATarget(metric: .resolution, seconds: 90_000)])
            definition.calendar = calendar
            _ = try await directory.createSLAPolicy(SLAPolicyContent(position: 0, definition: definition), in: tenant)
            let ticket = try await first.create()
            try await schedule(Self.hours, for: calendar, in: desk, by: Self.after)
            try await second.reevaluate()
            let due = try await desk.database.sql(Self.deadlines)
            #expect(due.count == 1)
            #expect(try await desk.value("SELECT tz_database FROM docket.calendar") == "2091a")
            var options = DoctorOptions()
            options.skipped = Set(DoctorCheck.allCases).subtracting([.timeZones])
            func repair() async throws {
                let repairs = try await desk.database.withClient(role: "docket_migrate", connections: 2) { [options] client in
                    let owner = environment(Database(client: client), Self.after)
                    return try await Doctor(environment: owner, options: options, timeZoneDatabase: Self.after.databaseVersion).repair()
                }
                #expect(repairs.map(\.isComplete) == [true])
            }
            try await repair()
            #expect(try await desk.number("SELECT count(*) FROM docket.calendar_version") == 4)
            try await second.reevaluate()
            #expect(try await desk.database.sql(Self.deadlines) != due)
            try await second.expectHistoryRebuilds(ticket)
            // The version that is over counts by other rules for good: there is nothing to repair in that.
            let written = "SELECT version, (SELECT count(*) FROM docket.sla_reevaluation) FROM docket.tenant_configuration"
            let before = try await desk.database.sql(written)
            try await repair()
            #expect(try await desk.database.sql(written) == before)
        }
    }

    @Test("A zone that the new release has not goes on by its kept rules, also in a calendar that is published again for another zone's sake")
    func lackingZone() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let tenant = desk.tenant.id
            let directory = directory(environment(desk.api.database, Self.before), Self.before)
            let office = try await publish("Office", Self.hours, for: tenant, by: directory)
            let branch = try await publish("Branch", Self.office(in: "Asia/Tokyo"), for: tenant, by: directory)
            try await schedule(Self.office(in: "Asia/Tokyo"), for: office, in: desk, by: Self.before)
            let release = Release(databaseVersion: "2091a", berlin: "America/New_York", lacks: "Asia/Tokyo")
            let tokyo = try ZoneFiles().zone(named: "Asia/Tokyo")
            func zones() async throws -> [CalendarID: TimeZoneRules] {
                // A process that begins now.
                let environment = environment(desk.api.database, release)
                return try await environment.configurations.configuration(of: tenant).promises.compiled.mapValues(\.zone)
            }
            #expect(try await zones() == [office: tokyo, branch: tokyo])
            let reevaluations = Reevaluations(environment: environment(desk.api.database, release))
            _ = try await reevaluations.requestForTimeZones(in: tenant, release: release.databaseVersion, zones: release)
            let versions = """
                SELECT c.name, v.definition ->> 'tz', v.tz_database FROM docket.calendar_version v JOIN docket.calendar c ON c.id = v.calendar_id
                ORDER BY c.name, v.version
                """
            #expect(
                try await desk.database.sql(versions) == [
                    ["Branch", "Asia/Tokyo", "2090a"], ["Office", "Europe/Berlin", "2090a"], ["Office", "Asia/Tokyo", "2090a"],
                    ["Office", "Europe/Berlin", "2091a"], ["Office", "Asia/Tokyo", "2090a"],
                ]
            )
            #expect(try await zones() == [office: tokyo, branch: tokyo])
            try await machine(release, desk).create()
        }
    }

    @Test("A machine that lacks a zone of the release by which a calendar was published counts by what was kept")
    func lackingZoneOfTheSameRelease() async throws {
        try await SchedulerDesk.with(policy: SchedulerDesk.oneHour) { desk in
            let tenant = desk.tenant.id
            let directory = directory(environment(desk.api.database, Self.before), Self.before)
            let branch = try await publish("Branch", Self.office(in: "Asia/Tokyo"), for: tenant, by: directory)
            let poor = Release(databaseVersion: "2090a", berlin: "Europe/Berlin", lacks: "Asia/Tokyo")
            let environment = environment(desk.api.database, poor)
            let compiled = try await environment.configurations.configuration(of: tenant).promises.compiled
            #expect(try compiled[branch]?.zone == ZoneFiles().zone(named: "Asia/Tokyo"))
            try await machine(poor, desk).create()
            // What nobody kept is nowhere.
            try await desk.database.sql("DELETE FROM docket.calendar_zone_rules")
            await #expect(throws: TimeZoneError.self) {
                _ = try await self.environment(desk.api.database, poor).configurations.configuration(of: tenant)
            }
        }
    }

    /// A database of one release, in which each zone has the same rules.
    private struct Same: TimeZoneSource {
        let databaseVersion: String?
        let rules: TimeZoneRules

        func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules { rules }
    }

    @Test("Rules that are the machine's, too, are held in memory once, however many tenants count by an earlier release")
    func sharing() async throws {
        try await SchedulerDesk.with(policy: nil) { desk in
            let directory = directory(environment(desk.api.database, Self.before), Self.before)
            let tenants = [desk.tenant.id, try await TestTenant.make(in: desk.database).id]
            for tenant in tenants { _ = try await publish("Office", Self.hours, for: tenant, by: directory) }
            func zones(_ machine: Same) async throws -> [TimeZoneRules] {
                let environment = UseCaseEnvironment(database: desk.api.database, wakeUps: WakeUps(notifier: nil), zones: machine)
                var zones: [TimeZoneRules] = []
                for tenant in tenants { zones += try await environment.configurations.configuration(of: tenant).promises.compiled.values.map(\.zone) }
                return zones
            }
            func areOne(_ left: TimeZoneRules, _ right: TimeZoneRules) -> Bool {
                left.transitions.withUnsafeBufferPointer { left in right.transitions.withUnsafeBufferPointer { left.baseAddress == $0.baseAddress } }
            }
            let berlin = try ZoneFiles().zone(named: "Europe/Berlin")
            let shared = try await zones(Same(databaseVersion: "2091a", rules: berlin))
            #expect(shared.count == 2)
            for zone in shared { #expect(areOne(zone, berlin)) }
            // Where they are others, those that were kept count.
            let moved = Same(databaseVersion: "2092a", rules: try ZoneFiles().zone(named: "America/New_York"))
            #expect(try await zones(moved) == [berlin, berlin])
        }
    }

    private static let deadlines = "SELECT metric, due_at FROM docket.sla_timer WHERE due_at IS NOT NULL ORDER BY ticket_id, metric"
}
