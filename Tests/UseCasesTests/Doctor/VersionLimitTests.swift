import Domain
import Store
import TestSupport
import Testing

@testable import UseCases

/// More versions of policies and calendars than are read with a tenant's configuration.
@Suite struct VersionLimitTests {
    @Test("The newest version of everything is read however many there are; the doctor names who has too many")
    func tooMany() async throws {
        try await DoctorDesk.with { desk in
            let before = try #require(await finding(desk))
            #expect(before.status == .ok && before.number("most") == 1)
            try await desk.database.sql(
                """
                INSERT INTO docket.sla_policy_version (tenant_id, policy_id, version, definition, created_at)
                    SELECT p.tenant_id, p.id, n, p.definition, docket.now() FROM docket.sla_policy p, generate_series(2, 10100) n;
                UPDATE docket.sla_policy SET version = 10100;
                INSERT INTO docket.calendar_version (tenant_id, calendar_id, version, definition, effective_from)
                    SELECT c.tenant_id, c.id, n, c.definition, docket.now() + make_interval(secs => n) FROM docket.calendar c, generate_series(2, 8500) n;
                UPDATE docket.calendar SET version = 8500;
                INSERT INTO docket.sla_policy (tenant_id, id, name, position, definition, created_at, updated_at)
                    SELECT tenant_id, 'ffffffff-ffff-7fff-bfff-ffffffffffff', 'Last', 2, definition, docket.now(), docket.now() FROM docket.sla_policy;
                INSERT INTO docket.sla_policy_version (tenant_id, policy_id, version, definition, created_at)
                    SELECT tenant_id, id, 1, definition, docket.now() - interval '9 years' FROM docket.sla_policy WHERE name = 'Last';
                UPDATE docket.tenant_configuration SET version = version + 1;
                """
            )
            try await desk.database.withEnvironment { fresh in
                let promises = try await fresh.configurations.configuration(of: desk.tenant.id).promises
                #expect(promises.policies.map(\.reference.version) == [10_100, 1])
                #expect(promises.calendars.values.map(\.version) == [8_500])
                #expect(promises.engine.context.policies.count == PromiseVersions.maximum)
            }
            let after = try #require(await finding(desk))
            #expect(after.status == .problem && after.number("full") == 1 && after.number("near") == 1 && after.details.count == 2)
        }
    }

    @Test("Edits are refused once all versions of a kind are so large that no process should hold them")
    func tooLarge() async throws {
        try await DirectoryDesk.with { desk in
            let content = EscalationChainContent(name: "Duty", levels: [EscalationLevel(targets: [.supervisor], timeout: 600)])
            let chain = try await desk.commands.createEscalationChain(content, in: desk.id).done()
            func add(_ versions: ClosedRange<Int>) async throws {
                try await desk.database.sql(
                    """
                    INSERT INTO docket.escalation_chain_version (tenant_id, chain_id, version, definition, created_at)
                        SELECT c.tenant_id, c.id, n, jsonb_build_object('x', repeat('x', 1 << 20)), docket.now()
                        FROM docket.escalation_chain c, generate_series(\(versions.lowerBound), \(versions.upperBound)) n
                    """
                )
            }
            func edit(_ name: String) async throws {
                _ = try await desk.commands.updateEscalationChain(chain.id, in: desk.id) { before in
                    var content = before
                    content.name = name
                    return content
                }
            }
            try await add(1_001...1_031)
            try await edit("Duty by day")
            try await add(1_032...1_032)
            do {
                try await edit("Duty by night")
                Issue.record("it was taken")
            } catch UseCaseError.invalid(let problems) {
                #expect(problems.map(\.code) == [.limitReached])
            }
        }
    }

    @Test("The doctor names who comes near the bytes that versions may take, of each kind, before edits are refused")
    func nearlyTooLarge() async throws {
        let level = #"{"targets":[{"type":"supervisor"}],"timeout":600,"mode":"wall","condition":"not_acked","actions":["notify"]}"#
        let chain = #"{"name":"Duty","levels":[\#(level)]}"#
        try await DoctorDesk.with { desk in
            try await desk.database.sql(
                """
                INSERT INTO docket.escalation_chain (tenant_id, id, name, definition, created_at, updated_at)
                    VALUES ('\(desk.tenant.id)', gen_random_uuid(), 'Duty', '\(chain)', docket.now(), docket.now())
                """
            )
            // What readers pass over.
            let large = "r.definition || jsonb_build_object('x', repeat('x', 1 << 20))"
            func add(_ count: Int, to table: String, _ columns: String, _ values: String, from rows: String) async throws {
                try await desk.database.sql(
                    """
                    INSERT INTO docket.\(table) (tenant_id, version, definition, \(columns))
                        SELECT r.tenant_id, n, \(large), \(values) FROM docket.\(rows) r, generate_series(1001, \(1_000 + count)) n
                    """
                )
            }
            let time = "docket.now() + make_interval(secs => n)"
            let kinds = [
                ("policies", "sla_policy", "policy_id, created_at"), ("calendars", "calendar", "calendar_id, effective_from"),
                ("chains", "escalation_chain", "chain_id, created_at"),
            ]
            func fill(_ count: Int, only noun: String? = nil) async throws -> DoctorFinding {
                for (kind, table, columns) in kinds {
                    try await desk.database.sql("DELETE FROM docket.\(table)_version WHERE version > 1000")
                    guard noun == nil || noun == kind else { continue }
                    try await add(count, to: table + "_version", columns, "r.id, \(time)", from: table)
                }
                return try #require(await finding(desk))
            }
            for (noun, _, _) in kinds {
                let one = try await fill(26, only: noun)
                #expect(one.number("large") == 1 && one.details.map { $0.hasSuffix(": versions of \(noun) with 26 MiB") } == [true])
            }
            let few = try await fill(25)
            #expect(few.status == .ok && few.details == [])
            let many = try await fill(26)
            #expect(many.status == .warning && many.number("large") == 1 && many.number("too_large") == 0)
            #expect(many.details.count == 3 && many.details.allSatisfy { $0.hasSuffix("with 26 MiB") })
            let most = try await fill(32)
            #expect(most.status == .problem && most.number("large") == 0 && most.number("too_large") == 1)
        }
    }

    private func finding(_ desk: DoctorDesk) async throws -> DoctorFinding? {
        try await desk.withDoctor { doctor in try await doctor.examine(schema: DoctorDesk.schema).first { $0.check == .versions } }
    }
}
