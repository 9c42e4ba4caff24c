import Domain
public import Store

/// Erases everything that the deployment holds of a tenant (features.md: export and erase): the operator's last step with a company that left.
///
/// Rows go in small transactions, table by table, those that name others first; the tenant itself goes last. Whatever interrupts it, it is begun again and goes on.
///
/// No row stays behind the tenant, although most tables have no key that refers to it (decision 3), and no writer waits for the erasing. Every transaction that writes
/// for a tenant reads a row of it first: its configuration, or the thing that it is about. So whoever begins after the last of them is gone writes nothing, and those
/// who began before are waited for; what they left is erased then.
public struct TenantErasure: Sendable {
    /// Why nothing is erased.
    public enum Refusal: Error, Equatable {
        /// The tenant is served.
        case active
        /// What was under way when it was suspended may not have ended.
        case suspendedTooShortly(secondsLeft: Int)
        /// Somebody goes on writing rows of it.
        case stillWritten
        /// Somebody else has erased it while this one was at it.
        case erasedMeanwhile
    }

    /// What was erased of one table so far.
    public struct Progress: Hashable, Sendable {
        public let table: String
        public let rows: Int
    }

    /// Seconds for which a tenant must have been suspended: longer than any request, turn or delivery lasts that began before.
    public static let rest = 60
    private static let portion = 5_000
    /// Clocks of suspended tenants go on, so a scheduler may write while its rows are erased; without tickets it cannot.
    private static let maximumRounds = 5
    private static let pause = Duration.milliseconds(50)
    /// Looks at what is open, at least a minute of them: the server ends a statement of a process after half a minute, and a transaction that does nothing after ten seconds.
    private static let maximumLooks = 1_200

    private let database: Database

    public init(database: Database) {
        self.database = database
    }

    /// - Parameter report: called after each portion.
    /// - Returns: the rows erased of each table that had any.
    /// - Throws: ``Refusal``, ``UseCaseError/notFound``, ``StoreError``.
    public func erase(slug: String, report: @Sendable (Progress) -> Void = { _ in }) async throws -> [Progress] {
        guard let tenant = try await database.tenants(limit: 1, slug: slug).first?.id else { throw UseCaseError.notFound }
        guard let rested = try await database.first(LoadSuspension(tenant: tenant), of: tenant) else { throw try await notSuspended(tenant, slug) }
        guard rested >= Self.rest else { throw Refusal.suspendedTooShortly(secondsLeft: Self.rest - rested) }
        let tables = Self.childrenFirst(try await database.tenantTables())
        var totals: [String: Int] = [:]
        guard try await database.affected(NoteErasure(tenant: tenant), of: tenant) == 1 else { throw try await notSuspended(tenant, slug) }
        for _ in 1...Self.maximumRounds {
            do {
                guard try await clear(tables, of: tenant, &totals, report) == 0 else { continue }
                try await outlastOpenWork()
                guard try await clear(tables, of: tenant, &totals, report) == 0 else { continue }
                guard try await database.affected(DeleteTenant(tenant: tenant), of: tenant) == 1 else { throw try await notSuspended(tenant, slug) }
                return tables.compactMap { table in totals[table.name].map { Progress(table: table.name, rows: $0) } }
            } catch StoreError.missingReference {
                // Somebody gave it a key meanwhile.
                continue
            } catch let error as StoreError where error.isOfServedTenant {
                // Between two portions.
                throw try await notSuspended(tenant, slug)
            }
        }
        throw Refusal.stillWritten
    }

    /// Why a tenant that was there has no row any more that says it is suspended: somebody let it go on, or has erased it; its slug may be another's by now.
    private func notSuspended(_ tenant: TenantID, _ slug: String) async throws -> Refusal {
        try await database.tenants(limit: 1, slug: slug).first?.id == tenant ? .active : .erasedMeanwhile
    }

    /// Waits until every transaction has ended that is open now: of those that begin later none finds a row of the tenant.
    private func outlastOpenWork() async throws {
        var open = try await database.openWork()
        for _ in 0..<Self.maximumLooks where !open.isEmpty {
            try await Task.sleep(for: Self.pause)
            open.formIntersection(try await database.openWork())
        }
        guard open.isEmpty else { throw Refusal.stillWritten }
    }

    /// - Returns: how many rows were found, 0 only where there are none left.
    private func clear(
        _ tables: [TenantTable],
        of tenant: TenantID,
        _ totals: inout [String: Int],
        _ report: (Progress) -> Void
    ) async throws -> Int {
        var found = 0
        for table in tables {
            do {
                found += try await clear(table, of: tenant, &totals, report)
            } catch StoreError.missingReference {
                // Somebody wrote a row that names one of these after its own table was cleared: the next round takes it.
                found += 1
            }
        }
        return found
    }

    private func clear(
        _ table: TenantTable,
        of tenant: TenantID,
        _ totals: inout [String: Int],
        _ report: (Progress) -> Void
    ) async throws -> Int {
        var found = 0
        while let erased = try await database.first(EraseRows(table: table, tenant: tenant, limit: Self.portion), of: tenant), erased > 0 {
            found += erased
            totals[table.name, default: 0] += erased
            report(Progress(table: table.name, rows: totals[table.name, default: 0]))
        }
        return found
    }

    /// Tables whose rows nobody names come first, then those that only they named.
    static func childrenFirst(_ tables: [TenantTable]) -> [TenantTable] {
        var left = tables
        var order: [TenantTable] = []
        while !left.isEmpty {
            let named = left.reduce(into: Set<String>()) { $0.formUnion($1.parents) }
            let free = left.filter { !named.contains($0.name) }
            // Tables that name each other in a circle: the database says so when they are erased.
            guard !free.isEmpty else { return order + left }
            order += free
            left.removeAll { free.contains($0) }
        }
        return order
    }
}
