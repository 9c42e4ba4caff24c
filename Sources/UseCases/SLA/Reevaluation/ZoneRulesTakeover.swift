import Domain
import Store

/// Takes another release of the time zone database over for a tenant's calendars (decision 0028): a calendar whose zone has other rules now gets a new version, which
/// counts by them from now on. What was counted before stays, in a replay too, because the older versions count by the rules that were kept for them.
struct ZoneRulesTakeover: Sendable {
    let release: String
    let zones: any TimeZoneSource

    /// The statements that do it, for a transaction that holds the configuration's lock; none where everything is kept and counts by what holds.
    func statements(in tenant: TenantID, at now: Timestamp, transaction: TenantTransaction) async throws -> StatementList {
        let used = try await transaction.rows(of: LoadCalendarZones(tenant: tenant))
        let kept = try await transaction.rows(of: LoadZoneRules(tenant: tenant, butOf: nil))
        let known = Dictionary(kept.map { ($0.zone, $0.rules) }, uniquingKeysWith: { first, _ in first })
        var statements = StatementList()
        var moved: [ZoneRelease] = []
        var isUnkept = false
        for zone in Set(used.map(\.zone)).sorted() {
            // A zone that is gone from the database: its calendars go on by the rules that were kept.
            guard let rules = try? zones.zone(named: zone) else { continue }
            statements.add(KeepZoneRules(tenant: tenant, zone: zone, release: release, rules: rules))
            for use in used where use.zone == zone {
                guard let old = use.release.map({ ZoneRelease(zone: zone, release: $0) }), let held = known[old] else {
                    isUnkept = true
                    continue
                }
                if held != rules { moved.append(old) }
            }
        }
        guard isUnkept || !moved.isEmpty else { return StatementList() }
        statements.add(LabelCalendarVersions(tenant: tenant, release: release))
        if !moved.isEmpty { statements.add(RepublishCalendars(tenant: tenant, zones: moved, release: release, at: now)) }
        return statements
    }
}
