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
    /// - Parameter check: is given what the settings replace, and throws where the caller means to replace something else (`If-Match`).
    /// - Throws: ``UseCaseError/invalid(_:)``, ``UseCaseError/notFound``, ``UseCaseError/busy``, ``StoreError``, what `check` throws.
    public func set(
        _ settings: LifecycleSettings,
        in tenant: TenantID,
        replacing check: @escaping @Sendable (LifecycleSettings) throws -> Void = { _ in }
    ) async throws {
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
        for _ in 0..<Self.attempts {
            guard try await attempt(settings, in: tenant, replacing: check) else { continue }
            environment.wakeUps.send(.routing)
            return
        }
        throw UseCaseError.busy
    }

    /// How often it is tried again where somebody else edits the configuration meanwhile.
    private static let attempts = 5

    /// - Returns: whether it was done; not where the configuration has another version than at the first look.
    private func attempt(
        _ settings: LifecycleSettings,
        in tenant: TenantID,
        replacing check: (LifecycleSettings) throws -> Void
    ) async throws -> Bool {
        var look = TenantUnit(tenant)
        let known = look.add(LoadConfigurationVersion(tenant: tenant))
        let held = look.add(LoadLifecycleSettings(tenant: tenant))
        let seen = try await environment.database.run(look)
        guard let version = try seen.first(known), let former = try seen.first(held) else { throw UseCaseError.notFound }
        // Still there under the lock, where the version is the same.
        try check(former)
        guard former != settings else { return true }
        let weighsAnew = former.waitingLoadPercent != settings.waitingLoadPercent
        var first = TenantUnit(tenant)
        // Before the configuration's lock: commands that are awaited may wait for the row of a requester, whose editor waits for that lock.
        if weighsAnew { first.add(AwaitFormerCommands(tenant: tenant, version: version)) }
        let lock = first.add(LockConfiguration(tenant: tenant))
        return try await environment.database.transaction(first) { transaction, result in
            // Commands that decided by a later version were not awaited.
            guard try result.first(lock) == version else { return false }
            var statements = StatementList()
            statements.add(PutLifecycleSettings(tenant: tenant, settings: settings))
            if weighsAnew { try await weighAnew(of: tenant, &statements, in: transaction) }
            _ = try await transaction.commit(statements)
            return true
        }
    }

    /// What waits takes another part of its agents' capacity: their loads are computed anew from what they have in hand, in the transaction that sets it, which
    /// has awaited whoever changes them by what held before.
    private func weighAnew(of tenant: TenantID, _ statements: inout StatementList, in transaction: TenantTransaction) async throws {
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
