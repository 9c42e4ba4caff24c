public import Domain
import Store

/// Absences of agents (features.md A3.13). Those who change the absences of one agent go one after the other.
extension DirectoryCommands {
    /// Records an absence. Routing sees it at once; the work goes back when it begins (``AbsentAgents``).
    ///
    /// - Throws: ``UseCaseError/notFound`` for the agent, ``UseCaseError/invalid(_:)``, ``StoreError``.
    public func createAbsence(
        _ new: NewAbsence,
        of agent: AgentID,
        in tenant: TenantID,
        by actor: Actor,
        idempotency: IdempotentWrite<AbsenceRecord>? = nil
    ) async throws -> WriteOutcome<AbsenceRecord> {
        do {
            return try await insertAbsence(new, of: agent, in: tenant, by: actor, idempotency: idempotency)
        } catch StoreError.duplicate(InsertIdempotencyRecord.constraint) {
            // Tickets are created without the key's lock: the same key for one of them at the same time is found here only.
            return .replayed(try await environment.database.replay(idempotency, in: tenant))
        }
    }

    private func insertAbsence(
        _ new: NewAbsence,
        of agent: AgentID,
        in tenant: TenantID,
        by actor: Actor,
        idempotency: IdempotentWrite<AbsenceRecord>?
    ) async throws -> WriteOutcome<AbsenceRecord> {
        let now = try await environment.clock.now()
        var first = TenantUnit(tenant)
        if let idempotency { first.add(idempotency.lock()) }
        let locked = first.add(LockAgentAbsences(tenant: tenant, agent: agent))
        let earlier = idempotency.map { first.add($0.load(in: tenant)) }
        let live = first.add(LoadLiveAbsences(tenant: tenant, agent: agent))
        return try await environment.database.transaction(first) { transaction, result in
            guard try result.first(locked) != nil else { throw UseCaseError.notFound }
            if let earlier, let idempotency, let record = try result.first(earlier) { return .replayed(try idempotency.checked(record)) }
            let live = try result.rows(live)
            let problems = Self.problems(of: new, live: live.count { $0.interval.end > now }, at: now)
            guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
            let absence = AbsenceRecord(
                id: environment.identifiers.next(),
                agentID: agent,
                kind: new.kind,
                reason: new.reason,
                tickets: new.tickets,
                interval: new.interval,
                createdBy: actor,
                createdAt: now,
                nextAt: new.interval.start
            )
            let stretch = AbsenceRecord.stretch(of: live.map(\.interval) + [absence.interval], after: now)
            var statements = StatementList()
            statements.add(InsertAbsence(tenant: tenant, absence: absence))
            statements.add(SetAbsentStretch(tenant: tenant, agent: agent, stretch: stretch))
            if let idempotency { statements.add(idempotency.insert(absence, in: tenant, at: now)) }
            _ = try await transaction.commit(statements)
            return .done(absence)
        }
    }

    /// Takes an absence back, or ends it where it runs: the agent may get work at once. May be repeated.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``UseCaseError/conflict(_:)`` where it is over, ``StoreError``.
    public func cancelAbsence(_ id: AbsenceID, of agent: AgentID, in tenant: TenantID) async throws {
        let now = try await environment.clock.now()
        var first = TenantUnit(tenant)
        first.add(LockAgentAbsences(tenant: tenant, agent: agent))
        let found = first.add(LoadAbsenceRecord(tenant: tenant, agent: agent, id: id))
        let live = first.add(LoadLiveAbsences(tenant: tenant, agent: agent))
        let isNews = try await environment.database.transaction(first) { transaction, result in
            guard let absence = try result.first(found) else { throw UseCaseError.notFound }
            guard absence.cancelledAt == nil else { return false }
            guard absence.interval.end > now else { throw UseCaseError.conflict("the absence is over") }
            let others = try result.rows(live).filter { $0.id != id }
            var statements = StatementList()
            statements.add(CancelAbsence(tenant: tenant, absence: absence, time: now))
            let stretch = AbsenceRecord.stretch(of: others.map(\.interval), after: now)
            statements.add(SetAbsentStretch(tenant: tenant, agent: agent, stretch: stretch))
            statements.add(SignalQueuesOfAgents(tenant: tenant, agents: [agent], id: environment.identifiers.next()))
            _ = try await transaction.commit(statements)
            return true
        }
        if isNews { environment.wakeUps.send(.routing) }
    }

    private static func problems(of new: NewAbsence, live: Int, at now: Timestamp) -> [FieldProblem] {
        var checks = FieldChecks()
        if let reason = new.reason { checks.text(reason, 1...500, at: "/reason") }
        let (start, end) = (new.interval.start, new.interval.end)
        if end <= start {
            checks.add("/ends_at", code: .outOfRange, "must be after the start")
        } else if end.microseconds(since: start) > AbsenceRecord.maximumLength {
            checks.add("/ends_at", code: .outOfRange, "may be at most 366 days after the start")
        } else if end <= now {
            checks.add("/ends_at", code: .inPast, "must be in the future")
        }
        if live >= AbsenceRecord.maximumLive {
            checks.add("", code: .limitReached, "an agent has at most \(AbsenceRecord.maximumLive) absences that are not over")
        }
        return checks.problems
    }
}
