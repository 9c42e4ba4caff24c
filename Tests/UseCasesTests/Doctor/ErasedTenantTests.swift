import Domain
import TestSupport
import Testing
import UseCases

/// Rows of tenants that are gone, in whatever table they are.
@Suite struct ErasedTenantTests {
    @Test("The doctor names every table that holds rows of a tenant that is gone, from the catalogue")
    func everyTable() async throws {
        try await DoctorDesk.with { desk in
            let fine = try await desk.finding(.erasedTenants)
            let tables = try #require(fine.number("tables"))
            #expect(fine.status == .ok && tables >= 30, "\(fine.message)")
            let gone = try await TestTenant.make(in: desk.database).id
            #expect(try await desk.finding(.erasedTenants).status == .ok)
            try await desk.database.fillTenantTables()
            #expect(try await desk.finding(.erasedTenants).status == .ok)
            try await desk.database.sql("DELETE FROM docket.tenant WHERE id = '\(gone)'")
            let finding = try await desk.finding(.erasedTenants)
            #expect(finding.status == .problem && finding.number("tenants") == 1 && finding.number("places") == tables, "\(finding.message)")
            #expect(finding.details.contains("docket.agent: rows of the tenant \(gone)"), "\(finding.details)")
            #expect(!finding.advice.isEmpty)
        }
    }
}
