public import Domain
public import Postgres

/// When and how an agent hears; no row where there is no such agent.
public struct LoadAgentNotifications: Statement {
    public typealias Row = NotificationSettings?
    public static let sql = "SELECT notifications FROM docket.agent WHERE tenant_id = $1 AND id = $2"
    let tenant: TenantID
    let agent: AgentID

    public init(tenant: TenantID, agent: AgentID) {
        self.tenant = tenant
        self.agent = agent
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> NotificationSettings? {
        try row.decodeOptional(JSONB.self, at: 0).map { value throws(DecodeError) in try DocumentCoding.decode(NotificationSettings.self, from: value)
        }
    }
}

/// Says when and how an agent hears. Kept apart from the agent's version: who edits the agent does not edit this.
public struct PutAgentNotifications: Statement {
    public typealias Row = NoRow
    public static let sql = "UPDATE docket.agent SET notifications = $3 WHERE tenant_id = $1 AND id = $2"
    let tenant: TenantID
    let agent: AgentID
    let settings: NotificationSettings

    public init(tenant: TenantID, agent: AgentID, settings: NotificationSettings) {
        self.tenant = tenant
        self.agent = agent
        self.settings = settings
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
        binder.append(DocumentCoding.encode(settings))
    }
}
