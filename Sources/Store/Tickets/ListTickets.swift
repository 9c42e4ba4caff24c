public import Domain
public import Postgres

/// One page of a tenant's tickets, newest first.
public struct ListTickets: Statement {
    public typealias Row = Ticket
    public static let sql =
        "\(TicketListSQL.select)\(TicketListSQL.conditions) AND (created_at, id) < ($12, $13) ORDER BY created_at DESC, id DESC LIMIT $14"
    let tenant: TenantID
    let filter: TicketFilter
    let after: TicketPosition?
    let limit: Int

    public init(tenant: TenantID, filter: TicketFilter, after: TicketPosition?, limit: Int) {
        self.tenant = tenant
        self.filter = filter
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        TicketListSQL.bind(tenant, filter, into: &binder)
        binder.append(after?.createdAt ?? TicketListSQL.endOfTime)
        binder.append(after?.id ?? TicketID(high: .max, low: .max))
        binder.append(Int64(limit))
        binder.append(filter.viewer)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        try LoadTicket.decode(row)
    }
}

/// One page of a tenant's tickets, oldest first.
public struct ListTicketsOldestFirst: Statement {
    public typealias Row = Ticket
    public static let sql = "\(TicketListSQL.select)\(TicketListSQL.conditions) AND (created_at, id) > ($12, $13) ORDER BY created_at, id LIMIT $14"
    let tenant: TenantID
    let filter: TicketFilter
    let after: TicketPosition?
    let limit: Int

    public init(tenant: TenantID, filter: TicketFilter, after: TicketPosition?, limit: Int) {
        self.tenant = tenant
        self.filter = filter
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        TicketListSQL.bind(tenant, filter, into: &binder)
        binder.append(after?.createdAt ?? TicketListSQL.startOfTime)
        binder.append(after?.id ?? TicketID(high: 0, low: 0))
        binder.append(Int64(limit))
        binder.append(filter.viewer)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Ticket {
        try LoadTicket.decode(row)
    }
}

/// What the two directions of the ticket list share. A filter that is not set is NULL, which the planner folds away for each execution's custom plan.
private enum TicketListSQL {
    static let select = "SELECT \(TicketColumns.list) FROM docket.ticket WHERE tenant_id = $1"
    static let conditions = """
         AND ($2::text[] IS NULL OR state = ANY ($2)) AND ($3::smallint[] IS NULL OR priority = ANY ($3)) \
        AND ($4::uuid IS NULL OR queue_id = $4) AND ($5::uuid IS NULL OR group_id = $5) AND ($6::uuid IS NULL OR assignee_id = $6) \
        AND (NOT $7 OR assignee_id IS NULL) AND ($8::uuid IS NULL OR requester_id = $8) AND ($9::text IS NULL OR external_ref = $9) \
        AND ($10::timestamptz IS NULL OR created_at >= $10) AND ($11::timestamptz IS NULL OR created_at < $11) \
        AND \(TicketViewer.condition(on: "id", viewer: "$15"))
        """
    /// 9999-12-31 and year 1: beyond every ticket.
    static let endOfTime = Timestamp(microseconds: 253_370_764_800_000_000)
    static let startOfTime = Timestamp(microseconds: -62_135_596_800_000_000)

    static func bind(_ tenant: TenantID, _ filter: TicketFilter, into binder: inout Binder) {
        binder.append(tenant)
        binder.append(filter.states?.map(\.rawValue))
        binder.append(filter.priorities?.map { Int16($0.rawValue) })
        binder.append(filter.queueID)
        binder.append(filter.groupID)
        binder.append(filter.assigneeID)
        binder.append(filter.isUnassigned)
        binder.append(filter.requesterID)
        binder.append(filter.externalReference)
        binder.append(filter.createdFrom)
        binder.append(filter.createdBefore)
    }
}
