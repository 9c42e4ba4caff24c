import Domain
import Store

extension Doctor {
    /// Takes the present release of the time zone database over for a tenant's calendars, and asks for its running clocks to be measured by it.
    ///
    /// - Returns: how many calendars were made by another release.
    func measureAnew(by release: String, in tenant: TenantID) async throws -> Int {
        var unit = TenantUnit(tenant)
        unit.add(LockConfiguration(tenant: tenant))
        let calendars = unit.add(TakeTimeZoneDatabase(tenant: tenant, release: release))
        let time = unit.add(ReadTime())
        return try await database.transaction(unit) { transaction, result in
            let count = result.affected(calendars)
            guard let now = try result.first(time) else { return 0 }
            // Also where no calendar was made by another release: their rules may not have been kept yet.
            let takeover = ZoneRulesTakeover(release: release, zones: environment.zones)
            let plan = try await takeover.plan(in: tenant, at: now, transaction: transaction)
            // Without a commit nothing of it happens.
            guard !plan.isBehind, count > 0 || !plan.statements.isEmpty else { return 0 }
            var statements = plan.statements
            statements.add(AdvanceConfiguration(tenant: tenant))
            guard count > 0 || plan.publishes else {
                _ = try await transaction.commit(statements)
                return 0
            }
            statements.add(SupersedeReevaluation(tenant: tenant, time: now))
            statements.add(
                InsertReevaluation(tenant: tenant, id: environment.identifiers.next(), cause: .timeZones, subject: nil, time: now)
            )
            _ = try await transaction.commit(statements)
            return count
        }
    }
}
