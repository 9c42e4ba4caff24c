public import Domain
public import Postgres

/// Notes that the work of an agent who is gone was looked after, unless he has been heard of since.
public struct SettleAbsence: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.agent_presence SET settled = true WHERE tenant_id = $1 AND agent_id = $2 AND lease_until = $3"
    let tenant: TenantID
    let agent: AgentID
    let leaseUntil: Timestamp

    /// - Parameter leaseUntil: as it was when he was found to be gone: every heartbeat moves it.
    public init(tenant: TenantID, agent: AgentID, leaseUntil: Timestamp) {
        self.tenant = tenant
        self.agent = agent
        self.leaseUntil = leaseUntil
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(leaseUntil)
    }
}
