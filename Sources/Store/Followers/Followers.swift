public import Domain
public import Postgres

/// Lets agents follow tickets; who follows already stays as he is.
public struct InsertFollowers: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.ticket_follower (tenant_id, ticket_id, agent_id, added_at)
        SELECT $1, f.ticket_id, f.agent_id, $4 FROM unnest($2::uuid[], $3::uuid[]) AS f (ticket_id, agent_id)
        ON CONFLICT (tenant_id, ticket_id, agent_id) DO NOTHING
        """
    let tenant: TenantID
    let followers: [(ticket: TicketID, agent: AgentID)]
    let time: Timestamp

    public init(tenant: TenantID, followers: [(ticket: TicketID, agent: AgentID)], time: Timestamp) {
        self.tenant = tenant
        self.followers = followers
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(followers.map(\.ticket))
        binder.append(followers.map(\.agent))
        binder.append(time)
    }
}

/// An agent follows a ticket no more.
public struct DeleteFollower: Statement {
    public typealias Row = NoRow
    public static let sql = "DELETE FROM docket.ticket_follower WHERE tenant_id = $1 AND ticket_id = $2 AND agent_id = $3"
    let tenant: TenantID
    let ticket: TicketID
    let agent: AgentID

    public init(tenant: TenantID, ticket: TicketID, agent: AgentID) {
        self.tenant = tenant
        self.ticket = ticket
        self.agent = agent
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(agent)
    }
}

/// Who follows a ticket, in the order of the agents' ids. Bounded: a ticket has at most ``TicketRules/maximumFollowers``, and those that levels add.
public struct LoadFollowers: Statement {
    public typealias Row = TicketFollower
    public static let sql = """
        SELECT agent_id, added_at FROM docket.ticket_follower WHERE tenant_id = $1 AND ticket_id = $2 AND agent_id > $3 ORDER BY agent_id LIMIT $4
        """
    let page: TicketPage<Entity.Agent>

    public init(tenant: TenantID, ticket: TicketID, after: AgentID? = nil, limit: Int) {
        page = TicketPage(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        page.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> TicketFollower {
        var columns = ColumnReader(row)
        return TicketFollower(agent: try columns.next(), addedAt: try columns.next())
    }
}
