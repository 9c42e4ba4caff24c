import Domain
import Store

/// Absences that are known beforehand: each begins once and ends once (features.md A3.13).
extension AbsentAgents {
    /// Does what absences that have begun or ended ask for.
    ///
    /// - Returns: how many tickets went back.
    func followRecords() async throws -> Int {
        var count = 0
        let found = try await environment.database.absencesDue(limit: Self.foundLimit)
        let new = begun.new(among: Set(found))
        for due in found.shuffled().prefix(Self.agentLimit) {
            count += try await failures.attempt(due.tenant, agent: due.agent) { try await follow(due, isNew: new.contains(due)) } ?? 0
        }
        return count
    }

    private func follow(_ due: DueAbsence, isNew: Bool) async throws -> Int {
        var reading = TenantUnit(due.tenant)
        let found = reading.add(LoadAbsenceRecord(tenant: due.tenant, agent: due.agent, id: due.absence))
        let time = reading.add(ReadTime())
        let result = try await environment.database.run(reading)
        guard let absence = try result.first(found), let now = try result.first(time), let next = absence.nextAt, next <= now else { return 0 }
        guard absence.interval.end <= now else {
            if isNew {
                // Whom only he could help may go to others at once, or nobody can any more (routing.md B).
                try await signalQueues(of: [due.agent], in: due.tenant)
                begun.note([due])
            }
            return try await begin(absence, at: now, as: due)
        }
        try await end(absence, at: now, of: due.tenant)
        return 0
    }

    /// What the agent has goes back into its queues. That it was done is noted last, and not before all that was on its way to him has arrived: until then
    /// the rest is found again, and what went back before is his no more.
    private func begin(_ absence: AbsenceRecord, at now: Timestamp, as due: DueAbsence) async throws -> Int {
        let (agent, tenant) = (absence.agentID, due.tenant)
        func isOver(_ seconds: Int) -> Bool { absence.knownSince.adding(microseconds: Int64(seconds) * 1_000_000) <= now }
        var round = absenceRounds.current(of: due, isFinal: isOver(Self.lateAssignments))
        let kind: TicketsInHand = absence.tickets == .all ? .all(openStates) : .unanswered(openStates)
        var tally = try await rescindOffers(to: agent, tenant: tenant)
        let isThrough = try await each(kind, of: agent, tenant: tenant, &round, &tally) { try await takeBack($0, because: absence, tenant: tenant) }
        round.failed += tally.failed
        guard isThrough else {
            absenceRounds.leave(round, of: due)
            return tally.done
        }
        absenceRounds.end(due)
        // As with agents who are gone: one that stays for ever must not keep the absence from having begun.
        guard round.isFinal, round.failed == 0 || isOver(Self.patience) else { return tally.done }
        try await environment.database.run(AdvanceAbsence(tenant: tenant, absence: absence, next: absence.interval.end), of: tenant)
        return tally.done
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
        try await commands.changeAsDispatcher(ticket, of: tenant) { situation in
            var statements = StatementList()
            let record = statements.add(LoadAbsenceRecord(tenant: tenant, agent: absence.agentID, id: absence.id))
            let last = statements.add(LoadLastAssignment(tenant: tenant, ticket: ticket))
            let answered = statements.add(LoadIsAnswered(tenant: tenant, ticket: ticket))
            let result = try await situation.transaction.run(statements)
            // Cancelled meanwhile, or done by another dispatcher: what he has now was given to him by somebody who knew.
            guard try result.first(record)?.isToBegin == true, try result.first(last)?.isGivenKnowingly(since: absence.knownSince) != true else {
                return .unchanged(situation.ticket)
            }
            return environment.rules.requeue(
                situation.ticket,
                from: absence.agentID,
                isAnswered: try result.first(answered) ?? true,
                isAnsweredToo: absence.tickets == .all,
                by: .dispatcher,
                at: situation.now
            )
        }
    }
}

extension AbsenceRecord {
    /// Since when whoever gives the agent work can know that he is away.
    fileprivate var knownSince: Timestamp { max(interval.start, createdAt) }
}
