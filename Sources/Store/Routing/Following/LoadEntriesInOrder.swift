public import Domain
public import Postgres

/// A part of a queue's entries in the queue's order: what it costs follows the part, not those that wait.
public struct LoadEntriesInOrder: Statement {
    public typealias Row = StoredEntry
    /// The most at a time.
    public static let limit = 2_000

    public static let sql = """
        SELECT \(StoredEntry.columns) FROM docket.routing_entry r
        WHERE r.tenant_id = $1 AND r.queue_id = $2 AND (r.rank_at, r.eligible_at, r.ticket_id) > ($3, $4, $5)
        ORDER BY r.rank_at, r.eligible_at, r.ticket_id LIMIT \(limit)
        """
    let tenant: TenantID
    let queue: QueueID
    let after: EntryPlace
    /// Before all that any order gives: the beginning of our era.
    private static let start = Timestamp(microseconds: -62_135_596_800_000_000)

    /// - Parameter after: where the part before ended; nil begins.
    public init(tenant: TenantID, queue: QueueID, after: EntryPlace?) {
        self.tenant = tenant
        self.queue = queue
        self.after = after ?? EntryPlace(rankAt: Self.start, eligibleAt: Self.start, ticket: .lowest)
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(after.rankAt)
        binder.append(after.eligibleAt)
        binder.append(after.ticket)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> StoredEntry {
        var columns = ColumnReader(row)
        return try StoredEntry(&columns)
    }
}
