public import Domain
import Store

extension Penalties {
    /// Asks for a penalty to be waived. An entry has at most one request that waits. A rejected one may be followed by another, and so may one that was granted when the
    /// entry cost less than now.
    ///
    /// - Throws: ``UseCaseError/notFound``; ``UseCaseError/conflict(_:)`` where there is such a request, or nothing to waive; ``UseCaseError/invalid(_:)``;
    ///   ``StoreError``.
    public func requestWaiver(of penalty: SLAPenaltyID, reason: String, by agent: AgentID, in tenant: TenantID) async throws -> SLAWaiver {
        try require(reason, at: "/reason")
        let now = try await environment.clock.now()
        let waiver = SLAWaiver(
            id: environment.identifiers.next(),
            penaltyID: penalty,
            state: .requested,
            reason: reason,
            requestedBy: agent,
            requestedAt: now
        )
        var unit = TenantUnit(tenant)
        let locked = unit.add(LockPenalty(tenant: tenant, id: penalty))
        let exists = unit.add(AgentExists(tenant: tenant, agent: agent))
        let isWaived = unit.add(IsWaived(tenant: tenant, penalty: penalty))
        do {
            return try await environment.database.transaction(unit) { transaction, result in
                guard let found = try result.rows(locked).first else { throw UseCaseError.notFound }
                guard found != nil else { throw UseCaseError.conflict("the breach costs nothing") }
                guard try result.first(isWaived) == false else { throw UseCaseError.conflict("it is waived already") }
                guard try result.first(exists) == true else { throw Self.unknownAgent }
                try await transaction.commit(InsertWaiver(tenant: tenant, waiver: waiver))
                return waiver
            }
        } catch StoreError.duplicate(InsertWaiver.constraint) {
            throw UseCaseError.conflict("a request waits already")
        }
    }

    /// Grants or rejects a request. Nobody decides about his own; what is decided stays. What is granted is what the entry costs now: what a breach that goes on costs
    /// later is not waived by it.
    ///
    /// - Throws: ``UseCaseError/notFound``; ``UseCaseError/conflict(_:)`` for a request that is decided; ``UseCaseError/invalid(_:)`` where the one who
    ///   decides is the one who asked; ``StoreError``.
    public func decideWaiver(
        _ id: SLAWaiverID,
        of penalty: SLAPenaltyID,
        isApproved: Bool,
        note: String?,
        by agent: AgentID,
        in tenant: TenantID
    ) async throws -> SLAWaiver {
        if let note { try require(note, at: "/note") }
        let now = try await environment.clock.now()
        var unit = TenantUnit(tenant)
        let locked = unit.add(LockPenalty(tenant: tenant, id: penalty))
        let exists = unit.add(AgentExists(tenant: tenant, agent: agent))
        let request = unit.add(LoadWaiver(tenant: tenant, penalty: penalty, id: id))
        return try await environment.database.transaction(unit) { transaction, result in
            guard let price = try result.rows(locked).first, let waiver = try result.first(request) else {
                throw UseCaseError.notFound
            }
            guard try result.first(exists) == true else { throw Self.unknownAgent }
            guard waiver.requestedBy != agent else {
                throw UseCaseError.invalid([FieldProblem("/agent_id", code: .notAllowed, detail: "nobody decides about his own request")])
            }
            let decided = SLAWaiver(
                id: id,
                penaltyID: penalty,
                state: isApproved ? .approved : .rejected,
                reason: waiver.reason,
                requestedBy: waiver.requestedBy,
                requestedAt: waiver.requestedAt,
                decidedBy: agent,
                decidedAt: max(now, waiver.requestedAt),
                note: note,
                amount: isApproved ? price ?? 0 : nil
            )
            var statements = StatementList()
            let write = statements.add(DecideWaiver(tenant: tenant, waiver: decided))
            guard try await transaction.commit(statements).affected(write) == 1 else { throw UseCaseError.conflict("the request is decided already") }
            return decided
        }
    }

    private static let unknownAgent = UseCaseError.invalid([.unknown("active agent", at: "/agent_id")])

    private func require(_ text: String, at pointer: String) throws(UseCaseError) {
        guard (1...SLAWaiver.maximumText).contains(text.unicodeScalars.count), !text.allSatisfy(\.isWhitespace) else {
            throw .invalid([FieldProblem(pointer, code: .tooLong, detail: "needs 1 to \(SLAWaiver.maximumText) characters")])
        }
    }
}
