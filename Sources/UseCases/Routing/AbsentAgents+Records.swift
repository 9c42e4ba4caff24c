import Domain
import Store

/// Absences that are known beforehand: each begins once and ends once (features.md A3.13).
extension AbsentAgents {
    /// Does what absences that have begun or ended ask for.
    ///
    /// - Returns: how many tickets went back.
    func followRecords() async throws -> Int {
        var count = 0
        for due in try await environment.database.absencesDue(limit: Self.agentLimit) {
            var reading = TenantUnit(due.tenant)
            let found = reading.add(LoadAbsenceRecord(tenant: due.tenant, agent: due.agent, id: due.absence))
            let time = reading.add(ReadTime())
            let result = try await environment.database.run(reading)
            guard let absence = try result.first(found), let now = try result.first(time), let next = absence.nextAt, next <= now else { continue }
            if absence.interval.end <= now {
                try await end(absence, at: now, of: due.tenant)
            } else {
                count += try await begin(absence, of: due.tenant)
            }
        }
        return count
    }

    /// What the agent has goes back into its queues. That it was done is noted last: after a crash in between the rest is found again, and what went back
    /// before is his no more.
    private func begin(_ absence: AbsenceRecord, of tenant: TenantID) async throws -> Int {
        let states = absence.tickets == .all ? openStates : [.assigned]
        let tickets = try await tickets(of: absence.agentID, in: states, tenant: tenant)
        var count = try await rescindOffers(to: absence.agentID, tenant: tenant)
        for ticket in tickets where try await takeBack(ticket, because: absence, tenant: tenant) { count += 1 }
        // As with agents who are gone: one that stays for ever must not keep the absence from having begun.
        guard tickets.count < Self.ticketLimit || count == 0 else { return count }
        var unit = TenantUnit(tenant)
        unit.add(AdvanceAbsence(tenant: tenant, absence: absence, next: absence.interval.end))
        _ = try await environment.database.run(unit)
        return count
    }

    /// The agent may get work again, unless another absence runs on.
    private func end(_ absence: AbsenceRecord, at now: Timestamp, of tenant: TenantID) async throws {
        let agent = absence.agentID
        var first = TenantUnit(tenant)
        first.add(LockAgentAbsences(tenant: tenant, agent: agent))
        let live = first.add(LoadLiveAbsences(tenant: tenant, agent: agent))
        try await environment.database.transaction(first) { transaction, result in
            let others = try result.rows(live).filter { $0.id != absence.id }
            var statements = StatementList()
            statements.add(AdvanceAbsence(tenant: tenant, absence: absence, next: nil))
            let stretch = AbsenceRecord.stretch(of: others.map(\.interval), after: now)
            statements.add(SetAbsentStretch(tenant: tenant, agent: agent, stretch: stretch))
            statements.add(SignalQueuesOfAgents(tenant: tenant, agents: [agent], id: environment.identifiers.next()))
            _ = try await transaction.commit(statements)
        }
        environment.wakeUps.send(.routing)
    }

    /// - Returns: whether the ticket went back.
    private func takeBack(_ ticket: TicketID, because absence: AbsenceRecord, tenant: TenantID) async throws -> Bool {
        let commands = TicketCommands(environment: environment)
        let outcome = try await commands.change(TicketRequest(ticket, in: tenant, by: .dispatcher)) { situation in
            var statements = StatementList()
            let handle = statements.add(LoadAbsenceRecord(tenant: tenant, agent: absence.agentID, id: absence.id))
            // Cancelled meanwhile, or done by another dispatcher: what he has now was given to him by somebody who knew.
            guard try await situation.transaction.run(statements).first(handle)?.isToBegin == true else {
                return TicketChange(before: situation.ticket, after: situation.ticket, events: [])
            }
            return environment.rules.requeue(
                situation.ticket,
                from: absence.agentID,
                isAnsweredToo: absence.tickets == .all,
                by: .dispatcher,
                at: situation.now
            )
        }
        guard case .done(let change) = outcome else { return false }
        return !change.events.isEmpty
    }

    private var openStates: [TicketState] {
        environment.rules.lifecycle.states.filter { $0.category == .open }.map(\.state)
    }
}
