public import Domain
import Store

extension DirectoryCommands {
    /// Seconds for which an agent may be taken as present without being heard of.
    public static let leaseRange = 10...3_600
    /// Long enough for one lost heartbeat at the usual interval of 20 s.
    public static let defaultLease = 60

    /// An agent says whether he is there; to be repeated well within the lease. One round trip; whoever comes online is looked at for work at once.
    ///
    /// - Parameter lease: seconds until the agent counts as offline unless he is heard of again.
    /// - Throws: ``UseCaseError/notFound`` where there is no such active agent, ``UseCaseError/invalid(_:)`` for the lease, ``StoreError``.
    public func heartbeat(of agent: AgentID, status: RoutingPresence, lease: Int = defaultLease, in tenant: TenantID) async throws -> AgentPresence {
        var checks = FieldChecks()
        checks.number(lease, Self.leaseRange, at: "/lease_seconds")
        guard checks.problems.isEmpty else { throw UseCaseError.invalid(checks.problems) }
        let now = try await environment.clock.now()
        var unit = TenantUnit(tenant)
        let put = unit.add(
            PutPresence(
                tenant: tenant,
                agent: agent,
                status: status,
                now: now,
                leaseUntil: now.adding(microseconds: Int64(lease) * 1_000_000),
                signal: environment.identifiers.next()
            )
        )
        guard let row = try await environment.database.run(unit).first(put) else { throw UseCaseError.notFound }
        if row.cameOnline { environment.wakeUps.send(.routing) }
        return row.presence
    }
}
