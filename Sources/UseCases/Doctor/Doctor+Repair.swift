public import Domain
import Store

extension Doctor {
    /// Puts right what follows from something else: partitions, tickets' rows and ledgers, loads, routing entries, timers, firings, and leases that nobody holds. Whatever was right stays
    /// untouched, so doing it again does nothing. Processes may work meanwhile: what is written is computed under the locks that they take. Tenants that are being
    /// erased are left alone, and one that cannot be dealt with keeps no other's.
    ///
    /// Wakes nobody; engines poll at least once a second.
    ///
    /// - Throws: ``DoctorError``; ``StoreError`` where the database cannot be reached. What was done before stays done.
    public func repair() async throws -> [DoctorRepair] {
        try await requireAccess()
        var repairs: [DoctorRepair] = []
        for check in Self.repairOrder where !options.skipped.contains(check) {
            if let repair = try await repair(check) { repairs.append(repair) }
        }
        return repairs
    }

    /// Histories first: loads, entries and timers follow from the rows and ledgers that they make.
    private static let repairOrder: [DoctorCheck] = [.histories] + DoctorCheck.allCases.filter { $0 != .histories }

    private func repair(_ check: DoctorCheck) async throws -> DoctorRepair? {
        switch check {
        case .partitions:
            return try await repairPartitions()
        case .timeZones:
            guard let timeZoneDatabase else { return nil }
            return try await repairTimeZones(by: timeZoneDatabase)
        case .agentLoads:
            return try await attempt(check, "agents' loads computed anew") { try await repairLoads(of: $0.id, &$1) }
        case .routingEntries:
            return try await repairEntries()
        case .timers:
            return try await repairTimers()
        case .histories:
            return try await repairHistories()
        case .outbox:
            return try await attempt(check, "deliveries made due") { tenant, count in
                try await repeatedly(&count) {
                    try await database.affected(RestoreDeliveries(tenant: tenant.id, limits: options.limits, limit: Self.page), of: tenant.id)
                }
            }
        case .presence:
            return try await attempt(check, "agents taken offline") { tenant, count in
                try await repeatedly(&count) {
                    try await database.affected(EndPresence(tenant: tenant.id, limits: options.limits, limit: Self.page), of: tenant.id)
                }
            }
        case .server, .settings, .roles, .rowSecurity, .schema, .constraints, .clock, .changeFeed, .versions, .transactions, .notifications,
            .erasedTenants, .onHold:
            return nil
        }
    }

    private func repairPartitions() async throws -> DoctorRepair {
        var failures: [PartitionFailure] = []
        let repair = try await attempt(.partitions, "partitions made") { (count: inout Int) in
            guard try await database.partitionFacts().needsMore else { return }
            for table in MonthlyTable.allCases {
                let (made, failure) = try await database.ensurePartitions(of: table, monthsAhead: Housekeeping.monthsAhead)
                count += made
                if let failure { failures.append(failure) }
            }
        }
        guard !failures.isEmpty else { return repair }
        let message = failures.map { " \($0)." }.joined()
        return DoctorRepair(.partitions, repaired: repair.repaired, repair.message + message, isComplete: false)
    }

    /// Tenant by tenant: one without room for the new versions of its calendars keeps no other's.
    private func repairTimeZones(by release: String) async throws -> DoctorRepair {
        var full: [String] = []
        let repair = try await attempt(.timeZones, "calendars' clocks to be measured anew") { tenant, count in
            guard let shortage = try await measureAnew(by: release, in: tenant.id, &count) else { return }
            full.append("\(tenant.slug) (\(shortage.needed) beside \(shortage.versions))")
        }
        guard !full.isEmpty else { return repair }
        let named = full.prefix(DoctorFinding.maximumDetails).joined(separator: ", ") + (full.count > DoctorFinding.maximumDetails ? ", …" : "")
        let message = "\(repair.message) Left as they are for want of room for versions of calendars, \(full.count) tenants: \(named)."
        return DoctorRepair(.timeZones, repaired: repair.repaired, message, isComplete: false)
    }

    private func repairHistories() async throws -> DoctorRepair {
        var left: [TicketRowFault: Int] = [:]
        var ledgers = 0
        let repair = try await attempt(.histories, "rows and ledgers made again from their histories") { tenant, count in
            left.merge(try await repairRows(of: tenant, &count), uniquingKeysWith: +)
            ledgers += try await repairLedgers(of: tenant, &count)
        }
        guard !left.isEmpty || ledgers > 0 else { return repair }
        var message = repair.message
        if !left.isEmpty {
            let reasons = left.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value): \($0.key.rawValue)" }.joined(separator: "; ")
            message += " Rows left as they are, \(reasons)."
        }
        if ledgers > 0 {
            message += " Ledgers left as they are, \(ledgers): their histories are not complete, or do not say exactly what the clocks passed."
        }
        return DoctorRepair(.histories, repaired: repair.repaired, message, isComplete: false)
    }

    private func repairEntries() async throws -> DoctorRepair {
        var left = 0
        let repair = try await attempt(.routingEntries, "routing entries written or deleted") { left += try await repairRouting(of: $0.id, &$1) }
        guard left > 0 else { return repair }
        let message =
            " Entries left as they are, \(left): their tickets' queues are not in the configuration, or what a command writes does not put them right."
        return DoctorRepair(.routingEntries, repaired: repair.repaired, repair.message + message, isComplete: false)
    }

    private func repairTimers() async throws -> DoctorRepair {
        var left = TimerLeftovers()
        let repair = try await attempt(.timers, "timers written or deleted, ledgers and firings made again") { tenant, count in
            try await repairTimers(of: tenant.id, &count, &left)
        }
        guard left != TimerLeftovers() else { return repair }
        return DoctorRepair(.timers, repaired: repair.repaired, repair.message + left.text, isComplete: false)
    }

    /// Tenant by tenant, those that are whole.
    private func attempt(_ check: DoctorCheck, _ what: String, _ body: (Tenant, inout Int) async throws -> Void) async throws -> DoctorRepair {
        var unchecked: [UncheckedTenant] = []
        let repair = try await attempt(check, what) { (count: inout Int) in
            for tenant in try await tenants() where !tenant.isBeingErased {
                do {
                    try await body(tenant, &count)
                } catch  where Self.isOfOneTenant(error) {
                    // One that is erased meanwhile has lost what could not be read.
                    guard try await isWhole(tenant) else { continue }
                    unchecked.append(UncheckedTenant(slug: tenant.slug, reason: Self.reason(error) ?? "\(error)"))
                }
            }
        }
        return repair.without(unchecked)
    }

    private func attempt(_ check: DoctorCheck, _ what: String, _ body: (inout Int) async throws -> Void) async throws -> DoctorRepair {
        var count = 0
        do {
            try await body(&count)
            return DoctorRepair(check, repaired: count, count == 0 ? "Nothing to do." : "\(count) \(what).")
        } catch {
            guard let reason = Self.reason(error) else { throw error }
            return DoctorRepair(check, repaired: count, "\(count) \(what); then it failed: \(reason).", isComplete: false)
        }
    }

    /// Runs something that writes at most a page until it writes less.
    private func repeatedly(_ count: inout Int, _ write: () async throws -> Int) async throws {
        var written = Self.page
        while written == Self.page {
            written = try await write()
            count += written
        }
    }
}
