import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// The doctor beside tenants that are being erased, vanish, or cannot be read (docs/operations.md, Looking for damage).
@Suite struct DoctorErasureTests {
    /// Checks that look at each tenant.
    private static let ofTenants: [DoctorCheck] = [
        .timeZones, .versions, .agentLoads, .routingEntries, .onHold, .timers, .histories, .outbox, .presence,
    ]

    /// Suspends the desk's tenant and breaks its erasing off when rows of a table are deleted.
    private static func breakOff(_ desk: DoctorDesk, at table: String) async throws {
        try await desk.database.sql(
            """
            UPDATE docket.tenant SET active = false, suspended_at = docket.now() - interval '1 hour' WHERE id = '\(desk.tenant.id)';
            CREATE FUNCTION public.broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken off'; END $$;
            CREATE TRIGGER broken AFTER DELETE ON \(table) FOR EACH STATEMENT EXECUTE FUNCTION public.broken();
            """
        )
        await #expect(throws: StoreError.self) { try await erase(desk) }
        try await desk.database.sql("DROP TRIGGER broken ON \(table)")
    }

    private static func erase(_ desk: DoctorDesk) async throws {
        let slug = try await slug(desk)
        try await desk.database.withClient(role: "docket_migrate") { client in
            _ = try await TenantErasure(database: Database(client: client)).erase(slug: slug)
        }
    }

    private static func slug(_ desk: DoctorDesk) async throws -> String {
        try await desk.value("SELECT slug FROM docket.tenant WHERE id = '\(desk.tenant.id)'")
    }

    /// Another tenant, listed after the desk's, with a ticket whose row and entry are not what they should be.
    private static func addHarmed(_ desk: DoctorDesk) async throws -> TestTenant {
        let other = try await TestTenant.make(in: desk.database, slug: "other")
        _ = try await desk.commands.create(NewTicket(content: TicketContent(subject: "x")), in: other.id, by: .system)
        try await desk.database.sql(
            """
            DELETE FROM docket.routing_entry WHERE tenant_id = '\(other.id)';
            UPDATE docket.ticket SET subject = 'Another' WHERE tenant_id = '\(other.id)';
            """
        )
        return other
    }

    /// The checks of tenants, by name.
    private static func findings(_ desk: DoctorDesk) async throws -> [DoctorCheck: DoctorFinding] {
        let findings = try await desk.withDoctor { try await $0.examine(schema: DoctorDesk.schema) }
        return Dictionary(findings.map { ($0.check, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(
        "A tenant whose erasing was broken off is named once; all others are examined and repaired, and nothing is written for it",
        arguments: ["docket.routing_lane", "docket.ticket_event", "docket.ticket"]
    )
    func brokenOff(table: String) async throws {
        try await DoctorDesk.with { desk in
            _ = try await Self.addHarmed(desk)
            try await Self.breakOff(desk, at: table)
            let slug = try await Self.slug(desk)
            let findings = try await Self.findings(desk)
            #expect(findings[.routingEntries]?.details == ["other: #1 missing"], "\(findings[.routingEntries]?.message ?? "")")
            #expect(findings[.histories]?.number("different_rows") == 1 && findings[.histories]?.number("tickets") == 1)
            for check in Self.ofTenants where ![.routingEntries, .histories].contains(check) {
                #expect(findings[check]?.status == .ok, "\(check): \(findings[check]?.message ?? "")")
            }
            let unfinished = try #require(findings[.erasedTenants])
            #expect(unfinished.status == .warning && unfinished.number("unfinished") == 1, "\(unfinished.message)")
            #expect(unfinished.details == ["\(slug): the erasing of this tenant was begun and is not finished"])

            let rows = "SELECT count(*) FROM docket.routing_entry WHERE tenant_id = '\(desk.tenant.id)'"
            let before = try await desk.value(rows)
            let repairs = try await desk.withDoctor { try await $0.repair() }
            for repair in repairs { #expect(repair.isComplete, "\(repair.check): \(repair.message)") }
            #expect(repairs.first { $0.check == .histories }?.repaired == 1)
            #expect(repairs.first { $0.check == .routingEntries }?.repaired == 1)
            #expect(try await desk.value(rows) == before)
            let after = try await Self.findings(desk)
            for check in Self.ofTenants { #expect(after[check]?.status == .ok, "\(check): \(after[check]?.message ?? "")") }

            try await Self.erase(desk)
            #expect(try await Self.findings(desk)[.erasedTenants]?.status == .ok)
        }
    }

    @Test("Serving a tenant again takes the word of its erasing back")
    func resumed() async throws {
        try await DoctorDesk.with { desk in
            try await Self.breakOff(desk, at: "docket.routing_lane")
            let slug = try await Self.slug(desk)
            try await desk.database.withClient(role: "docket_migrate") { client in
                try await TenantAdministration(database: Database(client: client)).setActive(true, slug: slug)
            }
            #expect(try await desk.value("SELECT erasure_began_at IS NULL FROM docket.tenant") == "t")
            #expect(try await desk.finding(.erasedTenants).status == .ok)
            #expect(try await desk.finding(.routingEntries).number("missing") == 1)
        }
    }

    @Test(
        "A tenant that cannot be read is named, and keeps no other's examination and repair; nobody takes it for one to be erased",
        arguments: [true, false]
    )
    func unreadable(isActive: Bool) async throws {
        try await DoctorDesk.with { desk in
            _ = try await Self.addHarmed(desk)
            try await desk.database.sql(
                """
                DELETE FROM docket.tenant_configuration WHERE tenant_id = '\(desk.tenant.id)';
                UPDATE docket.tenant SET active = \(isActive) WHERE id = '\(desk.tenant.id)'
                """
            )
            #expect(try await desk.finding(.erasedTenants).number("unfinished") == 0)
            let told = "\(try await Self.slug(desk)): there is no configuration"
            for check in [DoctorCheck.routingEntries, .histories] {
                let finding = try await desk.finding(check)
                #expect(finding.status == .problem && finding.details.count == 2 && finding.details.first == told, "\(finding.details)")
                #expect(finding.message.hasPrefix("1 tenants could not be checked. Of the others: "), "\(finding.message)")
            }
            let repairs = try await desk.withDoctor { try await $0.repair() }
            for check in [DoctorCheck.routingEntries, .histories] {
                let repair = try #require(repairs.first { $0.check == check })
                #expect(repair.repaired == 1 && !repair.isComplete && repair.message.contains(told), "\(repair.message)")
            }
            #expect(try await desk.value("SELECT count(*) FROM docket.tenant_configuration") == "1", "nothing is invented")
        }
    }

    @Test(
        "A tenant that vanishes, or begins to be erased, after it was listed is passed over, with whatever was found of it",
        arguments: [false, true]
    )
    func vanished(isGone: Bool) async throws {
        try await DoctorDesk.with { desk in
            try await desk.withDoctor { doctor in
                let listed = try await doctor.tenants()
                try await Self.breakOff(desk, at: "docket.ticket")
                if isGone { try await Self.erase(desk) }
                var looked: [String] = []
                for body in [doctor.eachEntry, doctor.nothing] {
                    let unchecked = try await doctor.eachTenant(of: listed, into: &looked) { tenant, looked in
                        looked.append(tenant.slug)
                        try await body(tenant)
                    }
                    #expect(unchecked.isEmpty && looked.isEmpty, "\(unchecked)")
                }
            }
        }
    }
}

extension Doctor {
    /// Needs the tenant's configuration.
    fileprivate func eachEntry(of tenant: Tenant) async throws {
        _ = try await wrongEntries(of: tenant.id, limit: 1)
    }

    fileprivate func nothing(of tenant: Tenant) async throws {}
}
