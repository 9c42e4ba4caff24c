import Domain
import Postgres

/// Tenants with events of transactions that have not begun: the feed shows them only when the server's numbers have passed theirs.
struct ReadFeedOrder: Statement {
    static let sql = """
        SELECT count(*) FROM docket.tenant t
        WHERE EXISTS (SELECT FROM docket.ticket_event e WHERE e.tenant_id = t.id AND e.xid >= pg_snapshot_xmax(pg_current_snapshot()))
        """

    static func decode(_ row: RowView) throws(DecodeError) -> FeedFacts {
        FeedFacts(tenantsAhead: try row.decode(Int.self, at: 0))
    }
}
