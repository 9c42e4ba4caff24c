import Domain
import Postgres

extension DeadDelivery {
    static let columns = """
        d.id, d.kind, d.endpoint_id, d.ticket_id, \
        CASE WHEN d.kind = 'mail' AND jsonb_typeof(d.payload -> 'to') = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(d.payload -> 'to')) \
        ELSE ARRAY[]::text[] END, d.event_seq, d.event_type, d.attempts, d.reason, d.created_at, d.died_at, \
        d.kind = 'mail' OR EXISTS (SELECT FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id = d.endpoint_id AND w.status = 'active')
        """

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
            isDeliverable: try columns.next()
        )
    }
}
