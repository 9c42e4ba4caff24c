public import Domain
public import Postgres

/// Lets customers follow a ticket beside its own; who follows already stays as he is.
public struct InsertRequesterFollowers: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.ticket_requester_follower (tenant_id, ticket_id, requester_id, added_at)
        SELECT $1, $2, r.requester_id, $4 FROM unnest($3::uuid[]) AS r (requester_id)
        ON CONFLICT (tenant_id, ticket_id, requester_id) DO NOTHING
        """
    let tenant: TenantID
    let ticket: TicketID
    let requesters: [RequesterID]
    let time: Timestamp

    public init(tenant: TenantID, ticket: TicketID, requesters: [RequesterID], time: Timestamp) {
        self.tenant = tenant
        self.ticket = ticket
        self.requesters = requesters
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(ticket)
        binder.append(requesters)
        binder.append(time)
    }
}

/// The customers who follow a ticket beside its own, in the order of their ids, a page at a time.
public struct LoadRequesterFollowers: Statement {
    public typealias Row = RequesterFollower
    public static let sql = """
        SELECT requester_id, added_at FROM docket.ticket_requester_follower WHERE tenant_id = $1 AND ticket_id = $2 AND requester_id > $3
        ORDER BY requester_id LIMIT $4
        """
    let page: TicketPage<Entity.Requester>

    public init(tenant: TenantID, ticket: TicketID, after: RequesterID? = nil, limit: Int) {
        page = TicketPage(tenant: tenant, ticket: ticket, after: after, limit: limit)
    }

    public func bind(into binder: inout Binder) {
        page.bind(into: &binder)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> RequesterFollower {
        var columns = ColumnReader(row)
        return RequesterFollower(requester: try columns.next(), addedAt: try columns.next())
    }
}
