public import Domain
import Postgres

/// What an operator can be told of the database as a whole; no tenant's rows. For the operator's role only. All throw ``StoreError``.
extension Database {
    public func operatorAccess() async throws -> OperatorAccess {
        try await only(ReadOperatorAccess())
    }

    public func serverFacts() async throws -> ServerFacts {
        try await only(ReadServer())
    }

    public func settingFacts() async throws -> SettingFacts {
        let values = try await runGlobal(ReadSettings())
        return SettingFacts(
            values: Dictionary(values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
            overrides: try await runGlobal(ReadSettingOverrides())
        )
    }

    public func roleFacts() async throws -> RoleFacts {
        RoleFacts(roles: try await runGlobal(ReadRoles()), memberships: try await runGlobal(ReadMemberships()))
    }

    public func rowSecurityFacts() async throws -> RowSecurityFacts {
        RowSecurityFacts(tables: try await only(CountTenantTables()), faults: try await runGlobal(ReadRowSecurityFaults()))
    }

    public func constraintFacts() async throws -> ConstraintFacts {
        ConstraintFacts(faults: try await runGlobal(ReadConstraintFaults()))
    }

    public func partitionFacts() async throws -> PartitionFacts {
        PartitionFacts(tables: try await runGlobal(ReadPartitions()))
    }

    /// - Parameter localTime: of the machine that asks; called as the answer arrives.
    public func clockFacts(localTime: @Sendable () -> Timestamp) async throws -> ClockFacts {
        let row = try await only(ReadClocks())
        return ClockFacts(
            offset: row.offset,
            hasTestClock: row.hasTestClock,
            timeZone: row.timeZone,
            skew: row.serverTime.microseconds(since: localTime())
        )
    }

    public func feedFacts() async throws -> FeedFacts {
        try await only(ReadFeedOrder())
    }

    public func transactionFacts(_ limits: DoctorLimits) async throws -> TransactionFacts {
        guard try await only(StatisticsRole.MayAssume()) else { return try await only(ReadTransactions(limits: limits)) }
        var unit = PostgresUnit()
        unit.add(StatisticsRole.Assume())
        let handle = unit.add(ReadTransactions(limits: limits))
        let rows = try await inTransaction(unit).rows(handle)
        return try first(rows, of: ReadTransactions.self)
    }

    public func notificationFacts() async throws -> NotificationFacts {
        try await only(ReadNotificationQueue())
    }

    private func inTransaction(_ unit: PostgresUnit) async throws -> UnitResult {
        do {
            return try await client.transaction(first: unit) { _, result in result }
        } catch let error as PostgresError {
            throw StoreError(error)
        }
    }

    private func only<S: Statement>(_ statement: S) async throws -> S.Row {
        try first(try await runGlobal(statement), of: S.self)
    }

    private func first<S: Statement>(_ rows: [S.Row], of statement: S.Type) throws -> S.Row {
        guard let row = rows.first else {
            throw StoreError.unexpected(PostgresError(.decoding, "a question about the server gave no row", statementName: "\(S.self)"))
        }
        return row
    }
}
