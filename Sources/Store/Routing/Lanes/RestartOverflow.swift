public import Domain
public import Postgres

/// Lets passes write anew what entries say that follows from their queues: those of a queue that was edited, and, where it concerns when tickets move on, of queues that send
/// theirs to it, to one that keeps a calendar, or on from a site that does.
///
/// That a queue says now what its lane noted before does not tell that nothing has happened: tickets that were made between two edits go by the first. Edits of one
/// tenant go one after the other, so lanes are locked in no circle.
public struct RestartOverflow: Statement {
    public typealias Row = NoRow
    public static let sql = """
        WITH lane AS MATERIALIZED (
            SELECT l.queue_id FROM docket.routing_lane l WHERE l.tenant_id = $1 AND l.queue_id = ANY (ARRAY(
                SELECT q.id FROM docket.queue q WHERE q.tenant_id = $1 AND (q.id = $2 OR ($5 AND q.overflow_queue_id = $2)
                    OR q.overflow_queue_id = ANY (ARRAY(SELECT c.id FROM docket.queue c WHERE c.tenant_id = $1 AND c.calendar_id = $3))
                    OR (q.overflow_queue_id IS NOT NULL AND EXISTS (
                        SELECT FROM docket.site s WHERE s.tenant_id = $1 AND (s.id = $6 OR s.calendar_id = $3) AND EXISTS (
                            SELECT FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.site_id = s.id AND r.queue_id = q.id))))))
            ORDER BY l.queue_id FOR UPDATE
        ), restarted AS (
            UPDATE docket.routing_lane l SET overflow_seconds = -1, follow_rank_at = NULL, follow_eligible_at = NULL, follow_ticket_id = NULL
            FROM lane WHERE l.tenant_id = $1 AND l.queue_id = lane.queue_id
        )
        INSERT INTO docket.routing_signal (tenant_id, queue_id, id) SELECT $1, lane.queue_id, $4 FROM lane
        WHERE lane.queue_id IS DISTINCT FROM $2 AND EXISTS (SELECT FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = lane.queue_id)
        """

    /// What was edited.
    public enum Subject: Hashable, Sendable {
        case queue(QueueID)
        /// Only what concerns those who wait in it.
        case order(QueueID)
        case calendar(CalendarID)
        case site(SiteID)
    }

    let tenant: TenantID
    let subject: Subject
    let id: ID<SignalQueue>

    /// - Parameter id: a new id, for signals to the queues that send their tickets on; that of the edited queue itself is up to the caller.
    public init(tenant: TenantID, subject: Subject, id: ID<SignalQueue>) {
        self.tenant = tenant
        self.subject = subject
        self.id = id
    }

    public func bind(into binder: inout Binder) {
        var (queue, calendar, site): (QueueID?, CalendarID?, SiteID?) = (nil, nil, nil)
        var concernsOthers = false
        switch subject {
        case .queue(let id): (queue, concernsOthers) = (id, true)
        case .order(let id): queue = id
        case .calendar(let id): calendar = id
        case .site(let id): site = id
        }
        binder.append(tenant)
        binder.append(queue)
        binder.append(calendar)
        binder.append(id)
        binder.append(concernsOthers)
        binder.append(site)
    }
}
