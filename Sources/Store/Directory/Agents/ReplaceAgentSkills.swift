public import Domain
public import Postgres

/// Gives an agent exactly these skills; rows that stay as they are are not written.
public struct ReplaceAgentSkills: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH removed AS (
            DELETE FROM docket.agent_skill s WHERE s.tenant_id = $1 AND s.agent_id = $2 AND s.skill_id <> ALL ($3)
        )
        INSERT INTO docket.agent_skill AS s (tenant_id, agent_id, skill_id, level)
        SELECT $1, $2, n.skill_id, n.level FROM unnest($3::uuid[], $4::smallint[]) AS n (skill_id, level)
        ON CONFLICT (tenant_id, agent_id, skill_id) DO UPDATE SET level = excluded.level WHERE s.tenant_id = $1 AND s.level <> excluded.level
        """
    let tenant: TenantID
    let agent: AgentID
    let skills: [SkillLevel]

    /// - Parameter skills: each skill at most once.
    public init(tenant: TenantID, agent: AgentID, skills: [SkillLevel]) {
        self.tenant = tenant
        self.agent = agent
        self.skills = skills
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(skills.map(\.skill))
        binder.append(skills.map { Int16(clamping: $0.level) })
    }
}
