public import Domain
import Store

extension Reevaluations {
    /// Asks for a re-evaluation that arms every running clock again: the rules of time zones are others, and with them the calendars' hours to come. What
    /// was counted stays counted.
    ///
    /// - Parameter release: the time zone database's release, which the calendars then carry.
    /// - Throws: ``UseCaseError/notFound`` where there is no such tenant, ``StoreError``.
    public func requestForTimeZones(in tenant: TenantID, release: String?) async throws -> SLAReevaluationID {
        let id: SLAReevaluationID = environment.identifiers.next()
        let time = try await environment.clock.now()
        var first = TenantUnit(tenant)
        let lock = first.add(LockConfiguration(tenant: tenant))
        return try await environment.database.transaction(first) { transaction, result in
            guard try result.first(lock) != nil else { throw UseCaseError.notFound }
            var statements = StatementList()
            statements.add(SupersedeReevaluation(tenant: tenant, time: time))
            statements.add(InsertReevaluation(tenant: tenant, id: id, cause: .timeZones, subject: nil, time: time))
            if let release { statements.add(SetTimeZoneDatabase(tenant: tenant, release: release)) }
            _ = try await transaction.commit(statements)
            return id
        }
    }
}
