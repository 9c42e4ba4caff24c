import Domain
import Store

extension Doctor {
    /// Takes the present release of the time zone database over for a tenant's calendars, and asks for its running clocks to be measured by it.
    ///
    /// - Parameter count: grows by the calendars that were made by another release.
    /// - Returns: what is missing where the tenant has no room for the new versions: nothing was done then.
    func measureAnew(by release: String, in tenant: TenantID, _ count: inout Int) async throws -> CalendarRoom? {
        let (taken, shortage) = try await measureAnew(by: release, in: tenant)
        count += taken
        return shortage
    }

    private func measureAnew(by release: String, in tenant: TenantID) async throws -> (count: Int, shortage: CalendarRoom?) {
        var unit = TenantUnit(tenant)
        unit.add(LockConfiguration(tenant: tenant))
        let time = unit.add(ReadTime())
        return try await database.transaction(unit) { transaction, result in
            guard let now = try result.first(time) else { return (0, nil) }
            // Also where no calendar was made by another release: their rules may not have been kept yet.
            let takeover = ZoneRulesTakeover(release: release, zones: environment.zones)
            let plan = try await takeover.plan(in: tenant, at: now, transaction: transaction)
            if plan.shortage != nil || plan.isBehind { return (0, plan.shortage) }
            var label = StatementList()
            let calendars = label.add(TakeTimeZoneDatabase(tenant: tenant, release: release))
            let count = try await transaction.run(label).affected(calendars)
            guard count > 0 || !plan.statements.isEmpty else { return (0, nil) }
            var statements = plan.statements
            statements.add(AdvanceConfiguration(tenant: tenant))
            guard count > 0 || plan.publishes else {
                _ = try await transaction.commit(statements)
                return (0, nil)
            }
            statements.add(SupersedeReevaluation(tenant: tenant, time: now))
            statements.add(
                InsertReevaluation(tenant: tenant, id: environment.identifiers.next(), cause: .timeZones, subject: nil, time: now)
            )
            _ = try await transaction.commit(statements)
            return (count, nil)
        }
    }

    /// What a tenant would lack of room if it took a release over now; nil where there is enough.
    func shortage(for release: String, in tenant: TenantID) async throws -> CalendarRoom? {
        var unit = TenantUnit(tenant)
        let time = unit.add(ReadTime())
        return try await database.snapshot(unit) { transaction, result in
            guard let now = try result.first(time) else { return nil }
            let takeover = ZoneRulesTakeover(release: release, zones: environment.zones)
            return try await takeover.plan(in: tenant, at: now, transaction: transaction).shortage
        }
    }
}
