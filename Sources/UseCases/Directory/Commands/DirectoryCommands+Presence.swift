public import Domain
import Store

extension DirectoryCommands {
    /// Seconds for which an agent may be taken as present without being heard of.
    public static let leaseRange = 10...3_600
    /// Long enough for one lost heartbeat at the usual interval of 20 s.
    public static let defaultLease = 60

    /// An agent says whether he is there; to be repeated well within the lease. One round trip; whoever comes online is looked at for work at once.
    ///
    /// - Parameters:
    ///   - channelsOff: the channels whose work he does not take now.
    ///   - isBack: ends a break that he was put on because he let offers pass; without it heartbeats leave him on it.
    ///   - lease: seconds until the agent counts as offline unless he is heard of again.
    /// - Throws: ``UseCaseError/notFound`` where there is no such active agent, ``UseCaseError/invalid(_:)`` for the lease, ``StoreError``.
    public func heartbeat(
        of agent: AgentID,
        status: RoutingPresence,
        channelsOff: Set<Channel> = [],
        isBack: Bool = false,
        lease: Int = defaultLease,
        in tenant: TenantID
    ) async throws -> AgentPresence {
        var checks = FieldChecks()
        checks.number(lease, Self.leaseRange, at: "/lease_seconds")
        guard checks.problems.isEmpty else { throw UseCaseError.invalid(checks.problems) }
        let now = try await environment.clock.now()
        let put = PutPresence(
            tenant: tenant,
            agent: agent,
            status: status,
            now: now,
            leaseUntil: now.adding(microseconds: Int64(lease) * 1_000_000),
            channelsOff: channelsOff,
            isBack: isBack,
            signal: environment.identifiers.next()
        )
        guard let row = try await environment.database.first(put, of: tenant) else { throw UseCaseError.notFound }
        if row.concernsRouting { environment.wakeUps.send(.routing) }
        try await noteShift(of: agent, after: row, at: now, in: tenant)
        return row.presence
    }

    /// Once a shift: stores its end, so that whoever stays signed in beyond it is found, and when the next one begins, as routing gives him work from then on.
    private func noteShift(of agent: AgentID, after row: PutPresence.Row, at now: Timestamp, in tenant: TenantID) async throws {
        var end: ShiftEnd?
        if let calendar = row.calendarID {
            // Who signs in right after his calendar was made or edited has the shift of that calendar, not that of an older copy.
            let configuration = try await environment.configurations.configuration(of: tenant, notBefore: row.configurationVersion)
            // The calendar was deleted meanwhile.
            guard let compiled = configuration.promises.compiled[calendar] else { return }
            end = ShiftEnd.following(compiled, at: now, known: row.shiftEnd)
        }
        guard end != row.shiftEnd else { return }
        try await environment.database.run(SetShiftEnd(tenant: tenant, agent: agent, end: end), of: tenant)
    }
}
