public import Domain
public import Postgres

/// Notes that the work of an agent who is gone was looked after, unless he has been heard of since. Who has gone in a later shift than the one whose end is known
/// has no such end any more: by it he is found as somebody who was looked after before he got work again (`docket.agents_gone`).
public struct SettleAbsence: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.agent_presence SET settled = true, shift_ends_at = CASE WHEN shift_resumes_at <= clock.time THEN NULL ELSE shift_ends_at END,
            shift_resumes_at = CASE WHEN shift_resumes_at > clock.time THEN shift_resumes_at END
        FROM (SELECT docket.now() AS time) clock WHERE tenant_id = $1 AND agent_id = $2 AND lease_until = $3
        """
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
