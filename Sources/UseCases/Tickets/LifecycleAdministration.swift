public import Domain
import Store

/// When a tenant's tickets move on by themselves, and what they take from their agents while they wait.
public struct LifecycleAdministration: Sendable {
    private let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func settings(in tenant: TenantID) async throws -> LifecycleSettings {
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadLifecycleSettings(tenant: tenant))
        guard let found = try await environment.database.run(unit).first(handle) else { throw UseCaseError.notFound }
        return found
    }

    /// Sets it; schedulers act on it with their next look, also for tickets that were resolved or closed before.
    ///
    /// - Throws: ``UseCaseError/invalid(_:)``, ``UseCaseError/notFound``, ``StoreError``.
    public func set(_ settings: LifecycleSettings, in tenant: TenantID) async throws {
        var checks = FieldChecks()
        if let days = settings.closeResolvedAfterDays { checks.number(days, LifecycleSettings.days, at: "/close_resolved_after_days") }
        if let days = settings.archiveClosedAfterDays { checks.number(days, LifecycleSettings.days, at: "/archive_closed_after_days") }
        if let days = settings.warnBeforeClosingDays {
            checks.number(days, LifecycleSettings.days, at: "/warn_before_closing_days")
            if days >= settings.closeResolvedAfterDays ?? 0 {
                checks.add("/warn_before_closing_days", code: .outOfRange, "must be less than close_resolved_after_days")
            }
        }
        checks.number(settings.waitingLoadPercent, LifecycleSettings.percent, at: "/waiting_load_percent")
        guard checks.problems.isEmpty else { throw UseCaseError.invalid(checks.problems) }
        var first = TenantUnit(tenant)
        let lock = first.add(LockConfiguration(tenant: tenant))
        let present = first.add(LoadLifecycleSettings(tenant: tenant))
        try await environment.database.transaction(first) { transaction, result in
            guard let version = try result.first(lock), let found = try result.first(present) else { throw UseCaseError.notFound }
            guard found != settings else { return }
            var statements = StatementList()
            statements.add(PutLifecycleSettings(tenant: tenant, settings: settings))
            if found.waitingLoadPercent != settings.waitingLoadPercent {
                try await weighAnew(after: version, of: tenant, &statements, in: transaction)
            }
            _ = try await transaction.commit(statements)
        }
        environment.wakeUps.send(.routing)
    }

    /// What waits takes another part of its agents' capacity: their loads are computed anew, in the transaction that sets it, once nobody changes them by
    /// what held before.
    private func weighAnew(
        after version: Int64,
        of tenant: TenantID,
        _ statements: inout StatementList,
        in transaction: TenantTransaction
    ) async throws {
        statements.add(AwaitFormerCommands(tenant: tenant, version: version))
        let locked = statements.add(LockAllLoads(tenant: tenant))
        let agents = try await transaction.run(statements).rows(locked)
        statements = StatementList()
        guard !agents.isEmpty else { return }
        func states(_ isMember: (StateCategory) -> Bool) -> [TicketState] {
            environment.rules.lifecycle.states.filter { isMember($0.category) }.map(\.state)
        }
        let (full, waiting) = (states(\.takesCapacity), states(\.waitsForOthers))
        statements.add(RecomputeLoads(tenant: tenant, agents: agents, states: full, waiting: waiting))
        statements.add(SignalQueuesOfAgents(tenant: tenant, agents: agents, id: environment.identifiers.next()))
    }
}
