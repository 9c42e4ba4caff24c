public import Domain
public import Postgres

/// Stores when the shift ends in which an agent is: his unanswered work goes back then, signed in or not (routing.md F). Another end is to be looked after again;
/// when the next shift begins changes nothing for one that was.
public struct SetShiftEnd: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.agent_presence SET shift_ends_at = $3, shift_resumes_at = $4, settled = settled AND shift_ends_at IS NOT DISTINCT FROM $3
        WHERE tenant_id = $1 AND agent_id = $2
        """
    let tenant: TenantID
    let agent: AgentID
    let end: ShiftEnd?

    /// - Parameter end: nil for an agent without shifts.
    public init(tenant: TenantID, agent: AgentID, end: ShiftEnd?) {
        self.tenant = tenant
        self.agent = agent
        self.end = end
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(end?.at)
        binder.append(end?.resumesAt)
    }
}
