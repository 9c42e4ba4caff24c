public import Domain
import Store

/// What holds for all promises of a tenant.
public struct SLASettings: Sendable {
    let environment: UseCaseEnvironment

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// The calendar of business targets for which neither the policy, nor the customer, nor the queue names one; nil: they count around the clock.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func defaultCalendar(in tenant: TenantID) async throws -> CalendarID? {
        var unit = TenantUnit(tenant)
        let handle = unit.add(LoadDefaultCalendar(tenant: tenant))
        guard let found = try await environment.database.run(unit).first(handle) else { throw UseCaseError.notFound }
        return found
    }

    /// Sets it; live tickets that have no other calendar are measured anew in the background.
    ///
    /// - Parameter check: is given what is there, under the lock, and throws where the caller means to replace something else (`If-Match`).
    /// - Throws: ``UseCaseError/invalid(_:)`` for a calendar that does not exist, ``UseCaseError/notFound``, ``StoreError``, what `check` throws.
    public func setDefaultCalendar(
        _ calendar: CalendarID?,
        in tenant: TenantID,
        replacing check: @escaping @Sendable (CalendarID?) throws -> Void = { _ in }
    ) async throws {
        let time = try await environment.clock.now()
        var first = TenantUnit(tenant)
        let lock = first.add(LockConfiguration(tenant: tenant))
        let present = first.add(LoadDefaultCalendar(tenant: tenant))
        let isChanged = try await environment.database.transaction(first) { transaction, result in
            guard try result.first(lock) != nil else { throw UseCaseError.notFound }
            let before = try result.first(present) ?? nil
            try check(before)
            var references = ReferenceCheck()
            references.add(calendar, at: "/calendar_id")
            let problems = try await references.problems(in: tenant, transaction: transaction)
            guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
            guard before != calendar else { return false }
            var statements = StatementList()
            statements.add(PutDefaultCalendar(tenant: tenant, calendar: calendar))
            statements.add(SupersedeReevaluation(tenant: tenant, time: time))
            statements.add(
                InsertReevaluation(
                    tenant: tenant,
                    id: environment.identifiers.next(),
                    cause: .defaultCalendar,
                    subject: calendar.map { ID<SLAReevaluation.Subject>(high: $0.high, low: $0.low) },
                    time: time
                )
            )
            _ = try await transaction.commit(statements)
            return true
        }
        if isChanged { environment.wakeUps.send(.timers) }
    }
}
