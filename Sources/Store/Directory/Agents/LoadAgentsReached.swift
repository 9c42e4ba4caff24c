public import Domain
public import Postgres

/// The first agents, by their ids, of whom a webhook endpoint is a channel; also those who work here no more, since they may come back.
public struct LoadAgentsReached: Statement {
    public typealias Row = AgentID
    /// The most of them.
    public static let limit = 20
    public static let sql = """
        SELECT a.id FROM docket.agent a
        WHERE a.tenant_id = $1 AND a.notifications->'channels' @> jsonb_build_array(jsonb_build_object('type', 'webhook', 'id', $2::uuid))
        ORDER BY a.id LIMIT \(limit)
        """
    let tenant: TenantID
    let endpoint: WebhookEndpointID

    public init(tenant: TenantID, by endpoint: WebhookEndpointID) {
        self.tenant = tenant
        self.endpoint = endpoint
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(endpoint)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AgentID {
        try row.decode(AgentID.self, at: 0)
    }
}
