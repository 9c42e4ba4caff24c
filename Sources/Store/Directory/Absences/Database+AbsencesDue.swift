public import Domain
import Postgres

/// An absence that begins or ends.
public struct DueAbsence: Hashable, Sendable {
    public let tenant: TenantID
    public let agent: AgentID
    public let absence: AbsenceID
}

extension Database {
    /// Looks for absences that have begun or ended by now with nobody having done anything about it, over all tenants: ids only (design.md 3).
    ///
    /// - Throws: ``StoreError``.
    public func absencesDue(limit: Int) async throws -> [DueAbsence] {
        try await runGlobal(AbsencesDue(limit: limit))
    }
}

private struct AbsencesDue: Statement {
    static let sql = "SELECT tenant_id, agent_id, absence_id FROM docket.absences_due($1)"
    let limit: Int

    func bind(into binder: inout Binder) {
        binder.append(Int32(clamping: limit))
    }

    static func decode(_ row: RowView) throws(DecodeError) -> DueAbsence {
        var columns = ColumnReader(row)
        return DueAbsence(tenant: try columns.next(), agent: try columns.next(), absence: try columns.next())
    }
}
