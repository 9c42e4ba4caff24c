public import Domain
import Store

extension Reevaluations {
    /// Asks for a re-evaluation that arms every running clock again: the rules of time zones are others, and with them the calendars' hours to come. What
    /// was counted stays counted: calendars of zones with other rules get a new version (decision 0028).
    ///
    /// - Parameters:
    ///   - release: the time zone database's release, which the calendars then carry; nil where it is not known.
    ///   - zones: its zones; those of the environment unless told.
    /// - Throws: ``UseCaseError/notFound`` where there is no such tenant; ``UseCaseError/invalid(_:)`` where the tenant has no room for the new versions of its
    ///   calendars: nothing was done then; ``StoreError``.
    public func requestForTimeZones(in tenant: TenantID, release: String?, zones: (any TimeZoneSource)? = nil) async throws -> SLAReevaluationID {
        let id: SLAReevaluationID = environment.identifiers.next()
        let time = try await environment.clock.now()
        var first = TenantUnit(tenant)
        let lock = first.add(LockConfiguration(tenant: tenant))
        return try await environment.database.transaction(first) { transaction, result in
            guard try result.first(lock) != nil else { throw UseCaseError.notFound }
            var statements = StatementList()
            if let release {
                let takeover = ZoneRulesTakeover(release: release, zones: zones ?? environment.zones)
                let plan = try await takeover.plan(in: tenant, at: time, transaction: transaction)
                if let shortage = plan.shortage { throw UseCaseError.invalid([FieldProblem("", code: .limitReached, detail: shortage.sentence)]) }
                statements = plan.statements
                if !plan.isBehind {
                    statements.add(SetTimeZoneDatabase(tenant: tenant, release: release))
                    statements.add(AdvanceConfiguration(tenant: tenant))
                }
            }
            statements.add(SupersedeReevaluation(tenant: tenant, time: time))
            statements.add(InsertReevaluation(tenant: tenant, id: id, cause: .timeZones, subject: nil, time: time))
            _ = try await transaction.commit(statements)
            return id
        }
    }
}

extension CalendarRoom {
    /// What is missing, for the operator.
    var sentence: String {
        "\(needed) new versions of calendars are needed for another release of the time zone database, beside \(versions): "
            + "more than \(PromiseVersions.maximum) are not read, so nothing was taken over"
    }
}
