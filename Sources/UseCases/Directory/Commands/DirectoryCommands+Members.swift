public import Domain
import Store

extension DirectoryCommands {
    /// The most members that one command adds or removes.
    public static let maximumMembersPerCommand = 500

    /// Lets agents serve a queue, or moves them to another tier; waiting tickets are matched again at once. May be repeated.
    ///
    /// - Throws: ``UseCaseError/notFound`` for the queue, ``UseCaseError/invalid(_:)`` with pointers `/members/n/…`, ``StoreError``.
    public func putQueueMembers(_ members: [QueueMember], of queue: QueueID, in tenant: TenantID) async throws {
        var checks = FieldChecks()
        checkMembers(members.map(\.agentID), &checks)
        for (index, member) in members.enumerated() { checks.number(member.tier, QueueContent.tierRange, at: "/members/\(index)/tier") }
        let signal: ID<SignalQueue> = environment.identifiers.next()
        try await changeMembers(of: queue, as: QueueContent.self, agents: members.map(\.agentID), checks: checks, in: tenant) { statements in
            statements.add(PutQueueMembers(tenant: tenant, queue: queue, members: members))
            statements.add(SignalQueue(tenant: tenant, queue: queue, id: signal))
        }
        environment.wakeUps.send(.routing)
    }

    /// Lets agents serve a queue no longer; the tickets they have stay theirs. May be repeated.
    ///
    /// - Throws: ``UseCaseError/notFound`` for the queue, ``UseCaseError/invalid(_:)``, ``StoreError``.
    public func removeQueueMembers(_ agents: [AgentID], of queue: QueueID, in tenant: TenantID) async throws {
        var checks = FieldChecks()
        checkMembers(agents, &checks)
        let signal: ID<SignalQueue> = environment.identifiers.next()
        try await changeMembers(of: queue, as: QueueContent.self, agents: [], checks: checks, in: tenant) { statements in
            statements.add(DeleteQueueMembers(tenant: tenant, queue: queue, agents: agents))
            // Whom only they could help may go to others at once, or nobody can any more (routing.md B).
            statements.add(SignalQueue(tenant: tenant, queue: queue, id: signal))
        }
        environment.wakeUps.send(.routing)
    }

    /// Adds agents to a group. May be repeated.
    ///
    /// - Throws: ``UseCaseError/notFound`` for the group, ``UseCaseError/invalid(_:)`` with pointers `/members/n/…`, ``StoreError``.
    public func addGroupMembers(_ agents: [AgentID], of group: GroupID, in tenant: TenantID) async throws {
        var checks = FieldChecks()
        checkMembers(agents, &checks)
        try await changeMembers(of: group, as: AgentGroupContent.self, agents: agents, checks: checks, in: tenant) { statements in
            statements.add(PutGroupMembers(tenant: tenant, group: group, agents: agents))
        }
    }

    /// Takes agents out of a group. May be repeated.
    ///
    /// - Throws: ``UseCaseError/notFound`` for the group, ``UseCaseError/invalid(_:)``, ``StoreError``.
    public func removeGroupMembers(_ agents: [AgentID], of group: GroupID, in tenant: TenantID) async throws {
        var checks = FieldChecks()
        checkMembers(agents, &checks)
        try await changeMembers(of: group, as: AgentGroupContent.self, agents: [], checks: checks, in: tenant) { statements in
            statements.add(DeleteGroupMembers(tenant: tenant, group: group, agents: agents))
        }
    }

    private func checkMembers(_ agents: [AgentID], _ checks: inout FieldChecks) {
        if !(1...Self.maximumMembersPerCommand).contains(agents.count) {
            checks.add("/members", code: .outOfRange, "needs 1 to \(Self.maximumMembersPerCommand) members")
        } else if Set(agents).count < agents.count {
            checks.add("/members", code: .duplicate, "an agent is listed twice")
        }
    }

    private func changeMembers<Content: DirectoryContent>(
        of id: ID<Content.Kind>,
        as type: Content.Type,
        agents: [AgentID],
        checks: FieldChecks,
        in tenant: TenantID,
        _ add: @escaping @Sendable (inout StatementList) -> Void
    ) async throws {
        guard checks.problems.isEmpty else { throw UseCaseError.invalid(checks.problems) }
        var first = TenantUnit(tenant)
        let found = first.add(FindContents<Content>(tenant: tenant, ids: [id]))
        try await environment.database.transaction(first) { transaction, result in
            guard try result.first(found) != nil else { throw UseCaseError.notFound }
            var references = ReferenceCheck()
            for (index, agent) in agents.enumerated() { references.add(agent, at: "/members/\(index)/agent_id") }
            let problems = try await references.problems(in: tenant, transaction: transaction)
            guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
            var statements = StatementList()
            add(&statements)
            _ = try await transaction.commit(statements)
        }
    }
}
