public import Domain
public import Postgres

/// Puts the events that this very transaction has appended into the outbox, under the same ids as ``EnqueueWebhooks`` gives.
///
/// Their numbers are the transaction's own or higher ones (``FeedOrder``), which events of others have, too: the rows' `xmin` tells them apart.
public struct EnqueueWebhooksOfTransaction: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.outbox (tenant_id, id, kind, endpoint_id, ticket_id, event_seq, created_at, next_attempt_at)
        SELECT $1, md5(e.ticket_id::text || e.seq || w.id::text)::uuid, 'webhook', w.id, e.ticket_id, e.seq, $2, $2
        FROM docket.ticket_event e
        JOIN docket.webhook_endpoint w ON w.tenant_id = $1 AND w.status = 'active' AND (w.event_types = '{}' OR e.kind = ANY (w.event_types))
        WHERE e.tenant_id = $1 AND e.xid >= pg_current_xact_id() AND e.xmin = pg_current_xact_id()::xid
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    let tenant: TenantID
    let time: Timestamp

    public init(tenant: TenantID, time: Timestamp) {
        self.tenant = tenant
        self.time = time
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(time)
    }
}
