public import Domain
public import Postgres

/// Whether an active agent with this id exists in the tenant.
public struct AgentExists: Statement {
    public typealias Row = Bool
    public static let sql = "SELECT EXISTS (SELECT FROM docket.agent WHERE tenant_id = $1 AND id = $2 AND active)"
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}

/// Whether a requester with this id exists in the tenant.
public struct RequesterExists: Statement {
    public typealias Row = Bool
    public static let sql = "SELECT EXISTS (SELECT FROM docket.requester WHERE tenant_id = $1 AND id = $2)"
    let tenant: TenantID
    let requester: RequesterID

    public init(tenant: TenantID, requester: RequesterID) {
        self.tenant = tenant
        self.requester = requester
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(requester)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Bool {
        try row.decode(Bool.self, at: 0)
    }
}
