import Domain
import Store

extension Doctor {
    /// The states in which a ticket takes capacity from its agent.
    var waitingStates: [TicketState] {
        environment.rules.lifecycle.states.filter(\.category.waitsForOthers).map(\.state)
    }

    var loadedStates: [TicketState] {
        environment.rules.lifecycle.states.filter(\.category.takesCapacity).map(\.state)
    }

    func examineLoads() async throws -> DoctorFinding {
        var tally = LoadTally()
        let unchecked = try await eachTenant(into: &tally) { tenant, tally in
            let rows = try await database.rows(drift(of: tenant.id, limit: Self.findingsPerTenant), of: tenant.id)
            for row in rows { tally.add(agent: row.agent, stored: row.stored, actual: row.actual, tenant: tenant.slug) }
        }
        return tally.finding.without(unchecked)
    }

    func examineRouting() async throws -> DoctorFinding {
        var tally = RoutingTally()
        let unchecked = try await eachTenant(into: &tally) { tenant, tally in
            for row in try await entryFaults(of: tenant.id) { tally.add(row.fault, ticket: row.ticket, number: row.number, tenant: tenant.slug) }
        }
        return tally.finding.without(unchecked)
    }

    func examineOnHold() async throws -> DoctorFinding {
        let states = environment.rules.lifecycle.states.filter { $0.category == .hold }.map(\.state)
        var tally = HoldTally()
        let unchecked = try await eachTenant(into: &tally) { tenant, tally in
            let page = TicketsLeftOnHold(tenant: tenant.id, states: states, limit: Self.findingsPerTenant)
            for row in try await database.rows(page, of: tenant.id) { tally.add(ticket: row.number, tenant: tenant.slug) }
        }
        return tally.finding.without(unchecked)
    }

    func examineTimers() async throws -> DoctorFinding {
        var tally = TimerTally()
        let unchecked = try await eachTenant(into: &tally) { tenant, tally in
            try await eachTimerInspection(of: tenant.id) { inspection in
                tally.ledgers += 1
                if inspection.isUnreadable { tally.add(.unreadable, ticket: inspection.ticket, tenant: tenant.slug) }
                if !inspection.wrong.isEmpty { tally.add(.different, ticket: inspection.ticket, tenant: tenant.slug) }
                if !inspection.isDecided(tolerance: options.limits.overdueSeconds) {
                    tally.add(.undecided, ticket: inspection.ticket, tenant: tenant.slug)
                }
                if !inspection.surplus.isEmpty { tally.add(.surplus, ticket: inspection.ticket, tenant: tenant.slug) }
            }
            for ticket in try await database.rows(TicketsWithoutLedger(tenant: tenant.id, limit: Self.findingsPerTenant), of: tenant.id) {
                tally.add(.surplus, ticket: ticket, tenant: tenant.slug)
            }
            tally.overdue +=
                try await database.rows(CountOverdueTimers(tenant: tenant.id, seconds: options.limits.overdueSeconds), of: tenant.id).first ?? 0
        }
        return tally.finding(options.limits).without(unchecked)
    }

    /// Deliveries of suspended tenants wait as they should.
    func examineOutbox() async throws -> DoctorFinding {
        var tally = OutboxTally()
        let unchecked = try await eachTenant(of: tenants().filter(\.isActive), into: &tally) { tenant, tally in
            for row in try await database.rows(CountDeliveries(tenant: tenant.id, limits: options.limits), of: tenant.id) { tally.add(row) }
        }
        return tally.finding(options.limits).without(unchecked)
    }

    func examineTimeZones() async throws -> DoctorFinding {
        var tally = TimeZoneTally(current: timeZoneDatabase)
        let unchecked = try await eachTenant(into: &tally) { tenant, tally in
            let rows = try await database.rows(CountTimeZoneDatabases(tenant: tenant.id), of: tenant.id)
            for row in rows { tally.add(made: row.database, calendars: row.calendars, tenant: tenant.slug) }
            guard let timeZoneDatabase, rows.contains(where: { $0.database != nil && $0.database != timeZoneDatabase }) else { return }
            if let shortage = try await shortage(for: timeZoneDatabase, in: tenant.id) {
                tally.addFull(versions: shortage.versions, needed: shortage.needed, tenant: tenant.slug)
            }
        }
        return tally.finding.without(unchecked)
    }

    func examineVersions() async throws -> DoctorFinding {
        let maximum = PromiseVersions.maximum
        var tally = VersionTally(maximum: maximum, maximumBytes: PromiseVersions.maximumBytes)
        let unchecked = try await eachTenant(into: &tally) { tenant, tally in
            let policies = CountContentVersions<SLAPolicyContent>(tenant: tenant.id, most: maximum + 1)
            tally.add(try await database.rows(policies, of: tenant.id).first ?? 0, of: "policies", tenant: tenant.slug)
            let calendars = CountContentVersions<CalendarContent>(tenant: tenant.id, most: maximum + 1)
            tally.add(try await database.rows(calendars, of: tenant.id).first ?? 0, of: "calendars", tenant: tenant.slug)
            for (noun, bytes) in try await versionBytes(of: tenant.id) { tally.add(bytes: bytes, of: noun, tenant: tenant.slug) }
        }
        return tally.finding.without(unchecked)
    }

    /// What the versions of each kind take as text, as edits are measured by it.
    private func versionBytes(of tenant: TenantID) async throws -> [(noun: String, bytes: Int)] {
        [
            ("policies", try await database.rows(MeasureContentVersions<SLAPolicyContent>(tenant: tenant), of: tenant).first ?? 0),
            ("calendars", try await database.rows(MeasureContentVersions<CalendarContent>(tenant: tenant), of: tenant).first ?? 0),
            ("chains", try await database.rows(MeasureContentVersions<EscalationChainContent>(tenant: tenant), of: tenant).first ?? 0),
        ]
    }

    /// Of every table with a tenant, whichever there are; and tenants of which rows are left because their erasing was broken off, or is under way.
    func examineErasedTenants() async throws -> DoctorFinding {
        let tables = try await database.tenantTables()
        var tally = ErasedTenantTally(tables: tables.count)
        for table in tables {
            for tenant in try await database.tenantsGone(from: table, limit: Self.findingsPerTenant) { tally.add(tenant, in: table.name) }
        }
        for tenant in try await tenants() where tenant.isBeingErased { tally.addUnfinished(tenant.slug) }
        return tally.finding
    }

    /// Agents of suspended tenants cannot be heard of.
    func examinePresence() async throws -> DoctorFinding {
        var tally = PresenceTally()
        let unchecked = try await eachTenant(of: tenants().filter(\.isActive), into: &tally) { tenant, tally in
            for row in try await database.rows(CountPresence(tenant: tenant.id, limits: options.limits), of: tenant.id) { tally.add(row) }
        }
        return tally.finding.without(unchecked)
    }
}
