public import Domain
public import Postgres

/// The ids of a tenant's groups and skills: what a ticket may point at.
public struct LoadReferences: Statement {
    public struct Row: Sendable {
        public let isSkill: Bool
        public let id: ID<Row>
    }

    public static let sql = """
        (SELECT false, id FROM docket.agent_group WHERE tenant_id = $1 LIMIT 10000)
        UNION ALL (SELECT true, id FROM docket.skill WHERE tenant_id = $1 LIMIT 10000)
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(isSkill: try row.decode(Bool.self, at: 0), id: try row.decode(ID<Row>.self, at: 1))
    }
}
