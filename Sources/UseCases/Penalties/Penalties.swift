public import Domain
import Store

/// Shows the ledger of penalties, and decides about waivers.
public struct Penalties: Sendable {
    let environment: UseCaseEnvironment
    let zones: any TimeZoneSource

    /// - Parameter zones: where the zones of months come from.
    public init(environment: UseCaseEnvironment, zones: any TimeZoneSource) {
        self.environment = environment
        self.zones = zones
    }

    /// An entry with what was asked and decided about it, the newest first.
    public struct Entry: Sendable {
        public let line: PenaltyStatement.Line
        public let waivers: [SLAWaiver]
    }

    /// From the first midnight of a month to that of the next.
    ///
    /// - Throws: ``UseCaseError/invalid(_:)`` for a zone that does not exist.
    public func span(of month: CivilMonth, in zone: String) throws -> Range<Timestamp> {
        month.span(in: try rules(of: zone))
    }

    /// A page of the entries of a time that cost something, in the order of the breaches.
    ///
    /// - Throws: ``StoreError``.
    public func list(
        _ span: Range<Timestamp>,
        in tenant: TenantID,
        policy: SLAPolicyID? = nil,
        contract: ContractID? = nil,
        after: (breachedAt: Timestamp, id: SLAPenaltyID)? = nil,
        limit: Int
    ) async throws -> [PenaltyStatement.Line] {
        let statement = ListPenalties(tenant: tenant, span: span, after: after, policy: policy, contract: contract, limit: limit)
        return try await environment.database.rows(statement, of: tenant)
    }

    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func load(_ id: SLAPenaltyID, in tenant: TenantID) async throws -> Entry {
        var unit = TenantUnit(tenant)
        let line = unit.add(LoadPenalty(tenant: tenant, id: id))
        let waivers = unit.add(ListWaivers(tenant: tenant, penalty: id))
        let result = try await environment.database.run(unit)
        guard let found = try result.first(line) else { throw UseCaseError.notFound }
        return Entry(line: found, waivers: try result.rows(waivers))
    }

    /// What the breaches of a month cost, as the ledger has it; `unassessed` tells how many breaches it does not have as they are.
    ///
    /// - Parameters:
    ///   - policy: nil for all. Of a contract's entries these may be only some: then caps do not apply.
    ///   - contract: nil for all, and for what falls under none.
    /// - Throws: ``UseCaseError/invalid(_:)`` for an unknown zone, for more entries than a statement takes, and for sums beyond 64 bits, which name the parameter that
    ///   would make it less; ``StoreError``.
    public func statement(of month: CivilMonth, zone: String, policy: SLAPolicyID? = nil, contract: ContractID? = nil, in tenant: TenantID)
        async throws
        -> PenaltyStatement
    {
        let span = try span(of: month, in: zone)
        var unit = TenantUnit(tenant)
        let most = PenaltyStatement.maximumLines
        let lines = unit.add(ListPenalties(tenant: tenant, span: span, policy: policy, contract: contract, limit: most + 1))
        let stale = unit.add(CountStaleBreaches(tenant: tenant, span: span, limit: most))
        let result = try await environment.database.run(unit)
        let found = try result.rows(lines)
        guard found.count <= most else {
            throw Self.tooLarge(.tooMany, "more than \(most) entries", policy: policy, contract: contract)
        }
        let statement = PenaltyStatement(
            month: month,
            zone: zone,
            span: span,
            lines: found,
            unassessed: try result.first(stale) ?? 0,
            isWhole: policy == nil
        )
        guard let statement else { throw Self.tooLarge(.outOfRange, "a sum is beyond 64 bits", policy: policy, contract: contract) }
        return statement
    }

    /// Names the parameter with which less would be stated; where there is none, the month.
    private static func tooLarge(_ code: FieldProblem.Code, _ what: String, policy: SLAPolicyID?, contract: ContractID?) -> UseCaseError {
        let (pointer, way) =
            switch (policy, contract) {
            case (nil, nil): ("/contract_id", ": ask for one policy or one contract")
            case (nil, _?): ("/policy_id", ": ask for one policy, for which no cap applies")
            case (_?, nil): ("/contract_id", ": ask for one contract")
            case (_?, _?): ("/month", "")
            }
        return .invalid([FieldProblem(pointer, code: code, detail: what + way)])
    }

    /// The contract that people know by its number.
    ///
    /// - Throws: ``UseCaseError/notFound``, ``StoreError``.
    public func contract(numbered number: String, in tenant: TenantID) async throws -> ContractID {
        let statement = ListContents<ContractContent>(tenant: tenant, after: nil, limit: 1, unique: number)
        guard let found = try await environment.database.rows(statement, of: tenant).first else { throw UseCaseError.notFound }
        return found.id
    }

    private func rules(of zone: String) throws -> TimeZoneRules {
        do {
            return try zones.zone(named: zone)
        } catch {
            throw UseCaseError.invalid([FieldProblem("/tz", code: .unknownZone, detail: "tz is not a zone of the IANA database")])
        }
    }
}
