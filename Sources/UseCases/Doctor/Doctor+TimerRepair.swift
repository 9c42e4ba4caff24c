import Domain
import Store

extension Doctor {
    /// What the repair of timers found and could not put right.
    struct TimerLeftovers: Hashable, Sendable {
        /// Tickets whose ledgers do not follow from their histories: their timers are not deleted.
        var ledgers = 0
        /// Tickets whose promises the table of firings does not decide exactly once, and whose events do not say otherwise.
        var firings = 0
        /// Of the first, those of which some event cannot be read, with the reason of one.
        var unreadable = 0
        var reason: String?

        /// Sentences for the report.
        var text: String {
            var sentences: [String] = []
            if ledgers > 0 {
                sentences.append(
                    " No timer deleted of \(ledgers) tickets: their ledgers are lost, wrong or not to be read, and their histories do not give them."
                )
            }
            if let reason { sentences.append(" Of these, \(unreadable) have a row or an event that cannot be read; one because of \(reason).") }
            if firings > 0 {
                sentences.append(
                    " The table of firings left as it is for \(firings) tickets: it does not decide their promises exactly once, and their events add nothing."
                )
            }
            return sentences.joined()
        }
    }

    /// Timers follow ledgers, and ledgers follow histories (operations.md 3): of each ticket with a fault the ledger is held against its history first, also
    /// beyond the newest tickets that the check of histories reads. Then the timers that ledgers promise are written, those that they do not know are
    /// deleted, and what the events tell to have been passed is recorded in the table of firings.
    func repairTimers(of tenant: TenantID, _ count: inout Int, _ left: inout TimerLeftovers) async throws {
        var wrong: [TicketID] = []
        try await eachTimerInspection(of: tenant) { inspection in
            if !inspection.isFine || inspection.isUnreadable || !inspection.isDecided(tolerance: options.limits.overdueSeconds) {
                wrong.append(inspection.ticket)
            }
            guard wrong.count == Self.page else { return }
            try await mendTimers(of: wrong, in: tenant, &count, &left)
            wrong = []
        }
        var position: TicketID?
        repeat {
            try await mendTimers(of: wrong, in: tenant, &count, &left)
            wrong = try await database.rows(TicketsWithoutLedger(tenant: tenant, after: position, limit: Self.page), of: tenant)
            position = wrong.last
        } while !wrong.isEmpty
    }

    private func mendTimers(of tickets: [TicketID], in tenant: TenantID, _ count: inout Int, _ left: inout TimerLeftovers) async throws {
        guard !tickets.isEmpty else { return }
        var kept: Set<TicketID> = []
        for ticket in tickets {
            do {
                switch try await remakeLedger(of: ticket, in: tenant) {
                case .written: count += 1
                case .fine: break
                case .left: kept.insert(ticket)
                }
            } catch let error as StoreError {
                // What cannot be read of one is no reason to leave all others as they are. What else goes wrong is not the ticket's fault.
                guard let reason = error.unreadableEvent else { throw error }
                kept.insert(ticket)
                left.unreadable += 1
                if left.reason == nil { left.reason = reason }
            }
        }
        left.ledgers += kept.count
        count += try await writeTimers(of: tickets, keeping: kept, in: tenant)
        for ticket in tickets where !kept.contains(ticket) {
            let (recorded, isDecided) = try await recordFirings(of: ticket, in: tenant)
            count += recorded
            if !isDecided { left.firings += 1 }
        }
    }

    /// - Parameter kept: tickets of which nothing is deleted.
    private func writeTimers(of tickets: [TicketID], keeping kept: Set<TicketID>, in tenant: TenantID) async throws -> Int {
        var first = TenantUnit(tenant)
        first.add(LockTickets(tenant: tenant, tickets: tickets))
        return try await database.transaction(first) { transaction, _ in
            var reading = StatementList()
            let ledgers = reading.add(LoadLedgers(tenant: tenant, tickets: tickets))
            let timers = reading.add(LoadTimerRows(tenant: tenant, tickets: tickets))
            let result = try await transaction.run(reading)
            let stored = Dictionary(try result.rows(ledgers).map { ($0.ticket, $0) }, uniquingKeysWith: { first, _ in first })
            let rows = Dictionary(grouping: try result.rows(timers), by: \.ticket).mapValues { $0.map(\.timer) }
            let inspections = tickets.map { ticket in
                let mine = rows[ticket] ?? []
                return stored[ticket].map { TimerInspection($0, rows: mine) } ?? TimerInspection(ticket: ticket, rows: mine)
            }
            let wrong = inspections.flatMap { inspection in inspection.wrong.map { (inspection.ticket, $0) } }
            let surplus = inspections.filter { !kept.contains($0.ticket) }.flatMap { inspection in
                inspection.surplus.map { (inspection.ticket, $0) }
            }
            var statements = StatementList()
            if !wrong.isEmpty { statements.add(PutTimers(tenant: tenant, timers: wrong)) }
            if !surplus.isEmpty { statements.add(DeleteTimers(tenant: tenant, timers: surplus)) }
            guard !statements.isEmpty else { return 0 }
            _ = try await transaction.commit(statements)
            return wrong.count + surplus.count
        }
    }

    /// Records the firings that a ticket's events tell and the table does not; what the table says beside them stays, for a person to look at.
    ///
    /// - Returns: how many were recorded, and whether every promise of the ticket is decided exactly once in the table now.
    private func recordFirings(of ticket: TicketID, in tenant: TenantID) async throws -> (recorded: Int, isDecided: Bool) {
        var first = TenantUnit(tenant)
        first.add(LockTickets(tenant: tenant, tickets: [ticket]))
        let time = first.add(ReadTime())
        return try await database.transaction(first) { transaction, result in
            var reading = StatementList()
            let ledgers = reading.add(LoadLedgers(tenant: tenant, tickets: [ticket]))
            let table = reading.add(LoadFiringsOfTickets(tenant: tenant, tickets: [ticket]))
            let read = try await transaction.run(reading)
            let stored = try read.rows(table).map(\.threshold)
            var known = Set(stored.map(\.place))
            var missing: [(event: RecordedThreshold, firing: SLAFiring)] = []
            try await TicketHistory(ticket: ticket, tenant: tenant, transaction: transaction).eachPage { events in
                for event in events {
                    guard let told = RecordedThreshold(event), let firing = SLAFiring(event), known.insert(told.place).inserted else { continue }
                    missing.append((told, firing))
                }
            }
            let all = (stored + missing.map(\.event)).sorted { ($0.recordedAt, $0.scheduledFor) < ($1.recordedAt, $1.scheduledFor) }
            let now = try result.first(time)
            let isDecided = try read.first(ledgers).map { TimerInspection($0, rows: [], recorded: all, now: now) }?
                .isDecided(tolerance: options.limits.overdueSeconds)
            if !missing.isEmpty {
                var statements = StatementList()
                for (time, firings) in Dictionary(grouping: missing, by: \.event.recordedAt) {
                    statements.add(InsertFirings(tenant: tenant, firings: firings.map { (ticket, $0.firing) }, time: time))
                }
                _ = try await transaction.commit(statements)
            }
            return (missing.count, isDecided ?? true)
        }
    }
}
