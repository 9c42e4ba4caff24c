public import Domain
public import Postgres

/// Which of some agents are not there now, as ``LoadAttendance`` tells it of one, without any grace. Of those who never signed in nobody knows.
public struct LoadAwayAgents: Statement {
    public typealias Row = AgentID
    public static let sql = """
        SELECT a.id FROM (SELECT docket.now() AS now) clock CROSS JOIN docket.agent a
            LEFT JOIN docket.agent_presence p ON p.tenant_id = $1 AND p.agent_id = a.id
        WHERE a.tenant_id = $1 AND a.id = ANY ($2) AND (NOT a.active OR coalesce(a.absent_from <= clock.now AND a.absent_until > clock.now, false)
            OR coalesce(p.status = 'offline' OR p.lease_until <= clock.now, false) OR \(ShiftColumns.isOff(of: "p", at: "clock.now")))
        """
    let tenant: TenantID
    let agents: [AgentID]

    public init(tenant: TenantID, agents: [AgentID]) {
        self.tenant = tenant
        self.agents = agents
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agents)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentID {
        try row.decode(AgentID.self, at: 0)
    }
}
