import Domain
import Postgres
import TestSupport
import Testing

@testable import Store

/// Roles belong to the whole server, where other tests use them: each is broken inside a transaction that is never committed, and looked at from there.
@Suite struct RoleFactsTests {
    /// Ends the transaction without a commit, and carries what was found in it.
    private struct RolledBack: Error {
        let finding: DoctorFinding
    }

    /// What the doctor says of the roles after a superuser's statement.
    private func finding(after harm: some Statement) async throws -> DoctorFinding {
        do {
            return try await TestDatabase.with { database in
                try await database.withClient(role: try TestServer.superuser().user, connections: 1) { client in
                    try await client.transaction { transaction, _ -> DoctorFinding in
                        var unit = PostgresUnit()
                        unit.add(harm)
                        let roles = unit.add(ReadRoles())
                        let memberships = unit.add(ReadMemberships())
                        let result = try await transaction.run(unit)
                        throw RolledBack(finding: RoleFacts(roles: try result.rows(roles), memberships: try result.rows(memberships)).finding)
                    }
                }
            }
        } catch let end as RolledBack {
            return end.finding
        }
    }

    private struct Nothing: Statement {
        typealias Row = NoRow
        static let sql = "SELECT FROM docket.tenant WHERE false"
    }

    private struct Bypass: Statement {
        typealias Row = NoRow
        static let sql = "ALTER ROLE docket_api BYPASSRLS"
    }

    private struct Superuser: Statement {
        typealias Row = NoRow
        static let sql = "ALTER ROLE docket_courier SUPERUSER"
    }

    private struct Member: Statement {
        typealias Row = NoRow
        static let sql = "GRANT docket_owner TO docket_scheduler"
    }

    private struct Missing: Statement {
        typealias Row = NoRow
        static let sql = "ALTER ROLE docket_search RENAME TO somebody_else"
    }

    private struct Apart: Statement {
        typealias Row = NoRow
        static let sql = "REVOKE docket_owner FROM docket_migrate"
    }

    private struct Scans: Statement {
        typealias Row = NoRow
        static let sql = "ALTER ROLE docket_dispatcher RESET enable_seqscan"
    }

    @Test("The roles of a test server have no more power than they need")
    func fine() async throws {
        let finding = try await finding(after: Nothing())
        #expect(finding.status < .problem, "\(finding.message)")
        #expect(!finding.message.contains("sequential scans"), "\(finding.message)")
    }

    @Test("A role whose sessions may read tables from end to end is warned of")
    func scans() async throws {
        let finding = try await finding(after: Scans())
        #expect(finding.status == .warning)
        #expect(finding.message.contains("docket_dispatcher may plan sequential scans"), "\(finding.message)")
    }

    @Test("BYPASSRLS, a superuser, a membership, a missing role, a missing membership")
    func broken() async throws {
        let findings = [
            (try await finding(after: Bypass()), "docket_api has BYPASSRLS"),
            (try await finding(after: Superuser()), "docket_courier is a superuser"),
            (try await finding(after: Member()), "docket_scheduler is a member of docket_owner"),
            (try await finding(after: Missing()), "docket_search does not exist"),
            (try await finding(after: Apart()), "docket_migrate is not a member of docket_owner"),
        ]
        for (finding, message) in findings {
            #expect(finding.status == .problem)
            #expect(finding.message.contains(message), "\(finding.message)")
            #expect(!finding.advice.isEmpty)
        }
    }
}
