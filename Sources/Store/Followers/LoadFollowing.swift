public import Domain
public import Postgres

/// Whether an agent follows a ticket, and how many do, however many levels have added.
public struct LoadFollowing: Statement {
    public struct Row: Sendable {
        public let isFollowing: Bool
        public let count: Int
    }

    public static let sql = """
        SELECT coalesce(bool_or(agent_id = $3), false), count(*) FROM docket.ticket_follower WHERE tenant_id = $1 AND ticket_id = $2
        """
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

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(isFollowing: try columns.next(), count: Int(try columns.next(Int64.self)))
    }
}
