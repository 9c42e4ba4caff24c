import Domain
import Postgres

/// The columns of an absence, in one order for all statements.
enum AbsenceColumns {
    static let list = """
        id, agent_id, kind, reason, tickets, starts_at, ends_at, created_by_kind, created_by_id, created_at, cancelled_at, next_at
        """

    static func decode(_ row: RowView) throws(DecodeError) -> AbsenceRecord {
        var columns = ColumnReader(row)
        return AbsenceRecord(
            id: try columns.next(),
            agentID: try columns.next(),
            kind: try columns.nextCode(),
            reason: try columns.nextOptional(),
            tickets: try columns.nextCode(),
            interval: AbsenceRecord.Interval(start: try columns.next(), end: try columns.next()),
            createdBy: Actor(kind: try columns.nextCode(), id: try columns.nextOptional()),
            createdAt: try columns.next(),
            cancelledAt: try columns.nextOptional(),
            nextAt: try columns.nextOptional()
        )
    }
}
