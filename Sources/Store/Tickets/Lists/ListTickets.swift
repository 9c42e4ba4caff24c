public import Domain
public import Postgres

/// One page of a tenant's tickets in the order of a column, as many as fit (``PageFit``).
public struct ListTickets<Column: TicketSortColumn, Direction: SortDirection, Scope: TicketScope>: Statement {
    public typealias Row = ListedTicket
    public static var sql: String {
        let (mark, suffix) = Direction.isDescending ? ("<", " DESC") : (">", "")
        let order = "\(Column.name)\(suffix), id\(suffix)"
        let tickets = Scope.tickets(TicketColumns.list, where: "AND (\(Column.name), id) \(mark) ($14, $15)", "ORDER BY \(order) LIMIT $16")
        return TicketListSQL.page(tickets, columns: TicketColumns.list, order: order)
    }
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
        Column.bind(after?.key ?? (Direction.isDescending ? .max : .min), into: &binder)
        binder.append(after?.id ?? TicketListSQL.end(Direction.self))
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> ListedTicket {
        var columns = ColumnReader(row)
        let hasNext = try columns.next(Bool.self)
        let ticket = try TicketColumns.decode(&columns)
        return ListedTicket(ticket: ticket, key: Column.key(of: ticket), hasNext: hasNext)
    }
}

/// What the lists of tickets share: `$1` to `$13`. A filter that is not set is NULL, which the planner folds away for each execution's custom plan.
enum TicketListSQL {
    static let conditions = """
        ($2::text[] IS NULL OR state = ANY ($2)) AND ($3::smallint[] IS NULL OR priority = ANY ($3)) \
        AND ($4::uuid IS NULL OR queue_id = $4) AND ($5::uuid IS NULL OR group_id = $5) AND ($6::uuid IS NULL OR assignee_id = $6) \
        AND ($7::boolean IS NULL OR (assignee_id IS NULL) = $7) AND ($8::uuid IS NULL OR requester_id = $8) AND ($9::text IS NULL OR external_ref = $9) \
        AND ($10::timestamptz IS NULL OR created_at >= $10) AND ($11::timestamptz IS NULL OR created_at < $11) \
        AND ($13::uuid IS NULL OR organization_id = $13) AND \(TicketViewer.condition(on: "id", viewer: "$12"))
        """

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
        binder.append(filter.viewer)
        binder.append(filter.organizationID)
    }

    /// A page of tickets that are read in an order; descriptions and fields are what may be long.
    ///
    /// How long compressed fields are is known only by reading them, as opposed to texts.
    static func page(_ tickets: String, columns: String, order: String) -> String {
        let fields = "CASE WHEN pg_column_compression(fields) IS NULL THEN pg_column_size(fields) ELSE octet_length(fields::text) END"
        return PageFit.sql(tickets, columns: columns, size: "octet_length(description) + \(fields)", order: order)
    }

    /// The id before all others.
    static func end(_ direction: (some SortDirection).Type) -> TicketID {
        direction.isDescending ? TicketID(high: .max, low: .max) : TicketID(high: 0, low: 0)
    }
}
