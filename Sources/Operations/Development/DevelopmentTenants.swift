import Deployment
import Domain
import HTTPAPI
import Logging
import Postgres
import Store
import UseCases

/// The tenants that `docket dev` shows, each with a fresh key: keys of earlier starts end.
struct DevelopmentTenants: Sendable {
    struct Entry: Sendable, Encodable {
        let slug: String
        let id: String
        let key: String
    }

    /// Names in English and Chinese, so that both are seen from the first minute.
    private static let demo: [(slug: String, name: String)] = [
        ("aurora", "Aurora Devices"), ("harbor", "Harbor Logistics"), ("changcheng", "长城软件"),
    ]
    private static let keyName = "docket dev"

    /// What is to be made: all three in an empty database, and the rest of them where a start was killed between two. None beside anybody else's tenant, and none where
    /// all were made once: who is missing then was erased on purpose.
    private static func missing(beside tenants: [Tenant]) -> [(slug: String, name: String)] {
        let known = Set(tenants.map(\.slug))
        return known.isSubset(of: demo.map { $0.slug }) ? demo.filter { !known.contains($0.slug) } : []
    }

    let database: DevelopmentDatabase
    let seedsDemo: Bool
    let logger: Logger

    func prepare() async throws -> [Entry] {
        let client = PostgresClient(configuration: database.configuration(role: "docket_migrate"), logger: logger)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try? await client.run() }
            defer { group.cancelAll() }
            let administration = TenantAdministration(database: Database(client: client))
            var tenants = try await administration.tenants()
            if seedsDemo, try await !database.hasDemo(logger: logger) {
                for (slug, name) in Self.missing(beside: tenants) { tenants.append(try await administration.createTenant(slug: slug, name: name)) }
                if Set(tenants.map(\.slug)).isSuperset(of: Self.demo.map { $0.slug }) { try await database.noteDemo(logger: logger) }
            }
            var entries: [Entry] = []
            for tenant in tenants {
                try await administration.keys.revokeAll(named: Self.keyName, of: tenant.id)
                let key = try await KeyIssuing.issue(named: Self.keyName, in: tenant.id, by: administration)
                entries.append(Entry(slug: tenant.slug, id: tenant.id.description, key: key.revealed))
            }
            return entries
        }
    }
}
