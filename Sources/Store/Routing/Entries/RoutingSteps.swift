public import Domain
public import Postgres

/// Stores when tickets of a queue that were looked at must be looked at again: not after they move on, though a command may have written that since they were
/// read. One that went to another queue meanwhile is that queue's.
public struct SetNextSteps: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.routing_entry r SET next_step_at = least(n.at, r.overflow_at), exhausted_at = n.exhausted_at
        FROM unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $6::bigint[]) AS n (ticket_id, at, exhausted_at, version)
        WHERE r.tenant_id = $1 AND r.ticket_id = n.ticket_id AND r.queue_id = $5 AND r.ticket_version = n.version
        """
    let tenant: TenantID
    let queue: QueueID
    let tickets: [TicketID]
    let times: [Timestamp?]
    let exhausted: [Timestamp?]
    let versions: [Int64]

    /// - Parameters:
    ///   - times: one for each ticket; nil where no step is left.
    ///   - exhausted: for each ticket, since when everybody who could take it has declined.
    ///   - versions: of the entries that were looked at: what a command has written since asks for something else.
    public init(tenant: TenantID, queue: QueueID, tickets: [TicketID], times: [Timestamp?], exhausted: [Timestamp?], versions: [Int64]) {
        self.tenant = tenant
        self.queue = queue
        self.tickets = tickets
        self.versions = versions
        self.times = times
        self.exhausted = exhausted
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(tickets)
        binder.append(times)
        binder.append(exhausted)
        binder.append(queue)
        binder.append(versions)
    }
}

/// Moves on the steps of the tickets of a queue whose step has come, whether or not a pass looked at them: those behind the head of their class
/// wait for it, and their own step changes nothing. Those whose time has come to move on to another queue stay due until
/// they do, and are written only where they belong to another class by now.
///
/// Returns how many were moved. A row that somebody works on is left for the next time.
public struct AdvanceDueSteps: Statement {
    /// The most moved at a time.
    public static let limit = 2_000

    public static let sql = """
        WITH moved AS (
        UPDATE docket.routing_entry r
        SET next_step_at = least(r.overflow_at, (SELECT min(r.eligible_at + s.after * interval '1 second') FROM unnest($4::bigint[]) AS s (after)
                WHERE r.eligible_at + s.after * interval '1 second' > $3)),
            class_key = r.class_key - r.class_step + \(step(of: "r")),
            class_step = \(step(of: "r"))
        WHERE r.tenant_id = $1 AND r.ticket_id = ANY (ARRAY(
            SELECT d.ticket_id FROM docket.routing_entry d
            WHERE d.tenant_id = $1 AND d.queue_id = $2 AND d.next_step_at <= $3
                AND (d.overflow_at IS NULL OR d.overflow_at > $3 OR d.class_step <> \(step(of: "d")))
            ORDER BY d.next_step_at LIMIT \(limit) FOR UPDATE SKIP LOCKED))
        RETURNING r.ticket_id
        ), asked AS (
        INSERT INTO docket.routing_signal (tenant_id, queue_id, id) SELECT $1, $2, $6 WHERE $6::uuid IS NOT NULL AND EXISTS (SELECT FROM moved)
        )
        SELECT count(*) FROM moved
        """
    /// ``RoutingQueueRules/classStep(eligibleAt:now:)``, in a queue by deadline; there classes differ by it (``RoutingEntry/classKey``).
    private static func step(of entry: String) -> String {
        """
        (CASE WHEN $5::boolean THEN (SELECT greatest(0, count(*) - 1) FROM unnest($4::bigint[]) AS s (after) WHERE \(entry).eligible_at + s.after * interval '1 second' <= $3)
                ELSE \(entry).class_step END)
        """
    }
    let tenant: TenantID
    let queue: QueueID
    let time: Timestamp
    let starts: [Int64]
    let isByDeadline: Bool
    let signal: ID<SignalQueue>?

    /// - Parameters:
    ///   - time: of the pass.
    ///   - rules: the queue's, with its steps.
    ///   - isByDeadline: whether the queue is ordered by deadline.
    ///   - signal: says that the queue is worth a further look, where a step was due at all; nil: nobody is told.
    public init(
        tenant: TenantID,
        queue: QueueID,
        time: Timestamp,
        rules: RoutingQueueRules,
        isByDeadline: Bool = false,
        signal: ID<SignalQueue>? = nil
    ) {
        self.tenant = tenant
        self.queue = queue
        self.time = time
        starts = rules.lookStarts(isByDeadline: isByDeadline).map(Int64.init)
        self.isByDeadline = isByDeadline
        self.signal = signal
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(time)
        binder.append(starts)
        binder.append(isByDeadline)
        binder.append(signal)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Int {
        Int(try row.decode(Int64.self, at: 0))
    }
}
