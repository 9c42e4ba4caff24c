public import Domain
public import Postgres

/// A page of a tenant's waiting entries in the order of their tickets, each with what its queue's lane says of them.
public struct EntriesPage: Statement {
    public struct Row: Sendable {
        public let entry: StoredEntry
        /// After how many seconds the queue's entries move on; 0 where they stay, nil where some of them may say what held before an edit.
        public let overflowSeconds: Int?
    }

    public static let sql = """
        SELECT \(StoredEntry.columns), nullif(l.overflow_seconds, -1) FROM docket.routing_entry r
        LEFT JOIN docket.routing_lane l ON l.tenant_id = $1 AND l.queue_id = r.queue_id
        WHERE r.tenant_id = $1 AND r.ticket_id > $2 ORDER BY r.ticket_id LIMIT $3
        """
    let tenant: TenantID
    let after: TicketID?
    let limit: Int

    public init(tenant: TenantID, after: TicketID?, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after ?? TicketID.lowest)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(entry: try StoredEntry(&columns), overflowSeconds: try columns.nextOptional(Int32.self).map(Int.init))
    }
}
