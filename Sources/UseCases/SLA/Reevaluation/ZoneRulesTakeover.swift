import Domain
import Store

/// Takes another release of the time zone database over for a tenant's calendars (decision 0028): a calendar whose zone has other rules now gets a new version, which
/// counts by them from now on. What was counted before stays, in a replay too, because the older versions count by the rules that were kept for them.
struct ZoneRulesTakeover: Sendable {
    let release: String
    let zones: any TimeZoneSource

    /// What a takeover comes to.
    struct Plan {
        /// None where everything is kept and counts by what holds.
        var statements = StatementList()
        /// Whether calendars get a new version, by which their running clocks must be measured.
        var publishes = false
        /// Whether rules of a later release are kept: an older machine must not take the calendars back behind them.
        var isBehind = false
        /// Where the new versions would be more than a tenant may have: then nothing is taken over, because clocks could not be measured by versions that are not read.
        var shortage: CalendarRoom?
    }

    /// - Parameter transaction: one that holds the configuration's lock, unless nothing of the plan is carried out.
    func plan(in tenant: TenantID, at now: Timestamp, transaction: TenantTransaction) async throws -> Plan {
        let used = try await transaction.rows(of: LoadCalendarZones(tenant: tenant, at: now))
        let kept = try await transaction.rows(of: LoadZoneRules(tenant: tenant, butOf: nil))
        let known = Dictionary(kept.map { ($0.zone, $0.rules) }, uniquingKeysWith: { first, _ in first })
        // Releases are a year and a letter: 2025b comes after 2025a.
        if kept.contains(where: { $0.zone.release > release }) { return Plan(isBehind: true) }
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
                // What is of this release already was published by rules of it: once more would publish it without end.
                if use.isLive, old.release != release, !held.agrees(with: rules) { moved.append(old) }
            }
        }
        guard isUnkept || !moved.isEmpty else { return Plan() }
        if !moved.isEmpty {
            let room = try await transaction.first(of: CountRepublishedVersions(tenant: tenant, zones: moved, at: now))
            if let room, !room.isEnough { return Plan(shortage: room) }
        }
        statements.add(LabelCalendarVersions(tenant: tenant, release: release))
        if !moved.isEmpty { statements.add(RepublishCalendars(tenant: tenant, zones: moved, release: release, at: now)) }
        return Plan(statements: statements, publishes: !moved.isEmpty)
    }
}
