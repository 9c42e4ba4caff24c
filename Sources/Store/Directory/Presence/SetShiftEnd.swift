public import Domain
public import Postgres

/// Stores when the shift ends in which an agent is: his unanswered work goes back then, signed in or not (routing.md F).
public struct SetShiftEnd: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.agent_presence SET shift_ends_at = $3, settled = false WHERE tenant_id = $1 AND agent_id = $2"
    let tenant: TenantID
    let agent: AgentID
    let time: Timestamp?

    /// - Parameter time: nil for an agent without shifts.
    public init(tenant: TenantID, agent: AgentID, time: Timestamp?) {
        self.tenant = tenant
        self.agent = agent
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(time)
    }
}
