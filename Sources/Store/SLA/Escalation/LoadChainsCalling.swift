public import Domain
public import Postgres

/// Escalation chains of which a level calls a webhook endpoint.
public struct LoadChainsCalling: Statement {
    public typealias Row = EscalationChainID
    /// The most of them.
    public static let limit = 20
    public static let sql = """
        SELECT c.id FROM docket.escalation_chain c
        WHERE c.tenant_id = $1 AND jsonb_path_exists(
            c.definition, '$.levels[*].targets[*] ? (@.type == "webhook" && @.id == $id)', jsonb_build_object('id', $2::uuid))
        ORDER BY c.id LIMIT \(limit)
        """
    let tenant: TenantID
    let endpoint: WebhookEndpointID

    public init(tenant: TenantID, endpoint: WebhookEndpointID) {
        self.tenant = tenant
        self.endpoint = endpoint
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(endpoint)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> EscalationChainID {
        try row.decode(EscalationChainID.self, at: 0)
    }
}
