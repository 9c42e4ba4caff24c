import Domain
import Postgres

extension DeadDelivery {
    static let columns = """
        d.id, d.kind, d.endpoint_id, d.ticket_id, \
        CASE WHEN d.kind = 'mail' AND jsonb_typeof(d.payload -> 'to') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(d.payload -> 'to')) \
        ELSE ARRAY[]::text[] END, d.event_seq, d.event_type, d.attempts, d.reason, d.created_at, d.died_at, \
        CASE WHEN d.is_digest THEN ARRAY(SELECT DISTINCT n.ticket_id FROM (\
        SELECT k.ticket_id FROM docket.mail_notice k WHERE k.tenant_id = $1 AND k.digest_id = d.id ORDER BY k.id LIMIT \(readNotices)) n \
        WHERE n.ticket_id IS NOT NULL ORDER BY n.ticket_id LIMIT \(maximumTickets)) \
        WHEN d.ticket_id IS NOT NULL THEN ARRAY[d.ticket_id] ELSE ARRAY[]::uuid[] END, \
        d.kind = 'mail' OR EXISTS (SELECT FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id = d.endpoint_id AND w.status = 'active')
        """

    /// How many of a digest's notices are read for their tickets: a mailbox may have thousands.
    private static let readNotices = 1_000

    init(_ row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        self.init(
            id: try columns.next(),
            kind: try columns.next(),
            endpoint: try columns.nextOptional(),
            ticket: try columns.nextOptional(),
            recipients: try columns.nextArray(),
            eventSequence: try columns.nextOptional(Int32.self).map { Int($0) },
            eventType: try columns.nextOptional(),
            attempts: Int(try columns.next(Int32.self)),
            reason: try columns.next(),
            createdAt: try columns.next(),
            diedAt: try columns.next(),
            tickets: try columns.nextArray(),
            isDeliverable: try columns.next()
        )
    }
}
