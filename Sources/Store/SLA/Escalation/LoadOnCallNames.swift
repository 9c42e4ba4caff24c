public import Domain
public import Postgres

/// The names of a tenant's groups and escalation chains: what a report on who would be called is made of. Bounded by what a tenant may have.
public struct LoadOnCallNames: Statement {
    public enum Row: Sendable {
        case chain(id: EscalationChainID, name: String)
        case group(id: GroupID, name: String, head: AgentID?)
    }

    public static let sql = """
        (SELECT true, c.id, c.name, NULL::uuid FROM docket.escalation_chain c WHERE c.tenant_id = $1 ORDER BY c.id LIMIT 1000)
        UNION ALL (SELECT false, g.id, g.name, g.head_agent_id FROM docket.agent_group g WHERE g.tenant_id = $1 ORDER BY g.id LIMIT 10000)
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        if try row.decode(Bool.self, at: 0) {
            return .chain(id: try row.decode(EscalationChainID.self, at: 1), name: try row.decode(String.self, at: 2))
        }
        return .group(
            id: try row.decode(GroupID.self, at: 1),
            name: try row.decode(String.self, at: 2),
            head: try row.decodeOptional(AgentID.self, at: 3)
        )
    }
}
