public import Domain
public import Postgres

/// Differences between a tenant's waiting tickets and its entries, in one snapshot; what nobody can repair comes last.
///
/// Tickets that wait follow an edit of their queue a while after it, so their rank is compared here only where the ticket, and with it the entry, was written after the last
/// edit: and not in queues by deadline, whose order follows the clocks. When entries move on is compared where their lane says that all of them were written by the present
/// time; tickets that are put off move later. The classes, next steps and places of those that have followed are compared with what commands would write (``EntriesPage``).
public struct RoutingFaults: Statement {
    public struct Row: Sendable {
        public let fault: RoutingTally.Fault
        public let ticket: TicketID
        public let number: Int64?

        public init(fault: RoutingTally.Fault, ticket: TicketID, number: Int64?) {
            self.fault = fault
            self.ticket = ticket
            self.number = number
        }
    }

    public static let sql = """
        SELECT f.fault, f.ticket_id, f.number FROM (
            SELECT CASE WHEN t.queue_id IS NULL OR t.assignee_id IS NOT NULL THEN 'stranded' 
                    WHEN t.offered_agent_id IS NOT NULL AND r.ticket_id IS NOT NULL THEN 'orphaned'
                    WHEN r.ticket_id IS NULL THEN CASE WHEN t.offered_agent_id IS NULL THEN 'missing' END
                    WHEN r.queue_id <> t.queue_id OR r.ticket_version <> t.version OR r.priority <> t.priority OR r.weight <> t.weight
                        OR r.eligible_at IS DISTINCT FROM t.eligible_at OR r.preferred_agent_id IS DISTINCT FROM t.preferred_agent_id
                        OR \(hasOtherSkills)
                        OR r.excluded_agents <> t.declined_agents OR r.offer_round <> t.offer_round
                        OR r.site_id IS DISTINCT FROM t.site_id OR r.channel <> t.channel OR r.service_area IS DISTINCT FROM t.service_area
                        OR r.latitude_microdegrees IS DISTINCT FROM t.latitude_microdegrees
                        OR r.longitude_microdegrees IS DISTINCT FROM t.longitude_microdegrees
                        OR \(isMisplaced) OR \(hasWrongTime) OR r.next_step_at IS NULL AND r.overflow_at IS NOT NULL
                        OR r.next_step_at > r.overflow_at THEN 'stale' END AS fault,
                t.id AS ticket_id, t.number
            FROM docket.ticket t LEFT JOIN docket.routing_entry r ON r.tenant_id = $1 AND r.ticket_id = t.id
            LEFT JOIN docket.queue q ON q.tenant_id = $1 AND q.id = t.queue_id
            LEFT JOIN docket.routing_lane l ON l.tenant_id = $1 AND l.queue_id = t.queue_id
            WHERE t.tenant_id = $1 AND t.state = $2
            UNION ALL
            SELECT 'orphaned', r.ticket_id, t.number
            FROM docket.routing_entry r LEFT JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = r.ticket_id
            WHERE r.tenant_id = $1 AND (t.id IS NULL OR t.state <> $2)
        ) f WHERE f.fault IS NOT NULL AND f.ticket_id > $6 ORDER BY f.fault = 'stranded', f.ticket_id LIMIT $3
        """
    /// What a ticket's row says out of order or twice counts as ``SkillRequirements`` reads it, and as entries are written. Looked at closely only where the columns differ.
    private static let hasOtherSkills = """
        ((r.required_skills <> t.required_skills OR r.required_levels <> t.required_levels) AND (r.required_skills, r.required_levels) <> (
            SELECT coalesce(array_agg(n.skill ORDER BY n.skill), '{}'), coalesce(array_agg(n.level ORDER BY n.skill), '{}') FROM (
                SELECT u.skill, max(u.level) AS level FROM unnest(t.required_skills, t.required_levels) AS u (skill, level) GROUP BY u.skill
            ) n
        ) OR (r.optional_skills <> t.optional_skills OR r.optional_ranks <> t.optional_ranks) AND (r.optional_skills, r.optional_ranks) <> (
            SELECT coalesce(array_agg(n.skill ORDER BY n.skill), '{}'), coalesce(array_agg(n.rank ORDER BY n.skill), '{}') FROM (
                SELECT u.skill, min(u.rank) AS rank FROM unnest(t.optional_skills, t.optional_ranks) AS u (skill, rank)
                WHERE u.skill <> ALL (t.required_skills) GROUP BY u.skill
            ) n
        ))
        """
    /// Where ``RankOrder`` would put it elsewhere. Processes carry readings of the clock forward by up to a second, so an edit and a ticket of one moment are left out.
    private static let isMisplaced = """
        q.order_by = 'rank' AND q.updated_at + interval '10 s' < t.updated_at AND r.rank_at IS DISTINCT FROM r.eligible_at - interval '1 second' * CASE
            WHEN q.strict THEN ($5::bigint[])[t.priority]
            ELSE ($4::bigint[])[t.priority] + 60 * (q.boost_minutes + CASE WHEN t.requester_vip THEN q.vip_boost_minutes ELSE 0 END) END
        """
    private static let hasWrongTime = """
        l.overflow_seconds = CASE WHEN EXISTS (SELECT FROM docket.queue o WHERE o.tenant_id = $1 AND o.id = q.overflow_queue_id AND o.active)
            THEN q.overflow_after_seconds ELSE 0 END AND CASE
            WHEN l.overflow_seconds = 0 OR t.queue_id = ANY (t.overflowed_from) THEN r.overflow_at IS NOT NULL
            ELSE coalesce(r.overflow_at, '-infinity') < coalesce(t.queued_at, r.eligible_at) + l.overflow_seconds * interval '1 second' END
        """
    let tenant: TenantID
    let after: TicketID?
    let limit: Int

    /// - Parameter after: the last ticket of the page before; nil begins. Those that nobody can repair come last all the same, on every page.
    public init(tenant: TenantID, after: TicketID? = nil, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(TicketState.waitingAssignment.rawValue)
        binder.append(Int64(limit))
        binder.append(Self.secondsAhead(.standard))
        binder.append(Self.secondsAhead(.strictPriority))
        binder.append(after ?? TicketID.lowest)
    }

    /// By how much an order moves tickets of P1 to P4 ahead.
    private static func secondsAhead(_ order: RankOrder) -> [Int64] {
        let start = Timestamp(microseconds: 0)
        return Priority.allCases.map {
            start.microseconds(since: order.rankAt(eligibleAt: start, priority: $0)) / 1_000_000
        }
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(
            fault: try row.code(RoutingTally.Fault.self, at: 0),
            ticket: try row.decode(TicketID.self, at: 1),
            number: try row.decodeOptional(Int64.self, at: 2)
        )
    }
}
