public import Domain
public import Postgres

/// Runs by their ids, ended ones too; nil for one that this version cannot read.
public struct LoadRunsByID: Statement {
    public typealias Row = EscalationRunRecord?
    public static let sql = """
        SELECT id, ticket_id, chain_id, trigger, document FROM docket.escalation_run WHERE tenant_id = $1 AND id = ANY ($2)
        """
    let tenant: TenantID
    let ids: [EscalationRunID]

    public init(tenant: TenantID, ids: [EscalationRunID]) {
        self.tenant = tenant
        self.ids = ids
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ids)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> EscalationRunRecord? {
        try? LoadRuns.decode(row)
    }
}
