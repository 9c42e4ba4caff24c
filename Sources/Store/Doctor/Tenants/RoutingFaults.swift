public import Domain
public import Postgres

/// Differences between a tenant's waiting tickets and its entries, in one snapshot; what nobody can repair comes last.
public struct RoutingFaults: Statement {
    public struct Row: Sendable {
        public let fault: RoutingTally.Fault
        public let ticket: TicketID
        public let number: Int64?
    }

    public static let sql = """
        SELECT f.fault, f.ticket_id, f.number FROM (
            SELECT CASE WHEN t.queue_id IS NULL OR t.assignee_id IS NOT NULL THEN 'stranded' 
                    WHEN t.offered_agent_id IS NOT NULL AND r.ticket_id IS NOT NULL THEN 'orphaned'
                    WHEN r.ticket_id IS NULL THEN CASE WHEN t.offered_agent_id IS NULL THEN 'missing' END
                    WHEN r.queue_id <> t.queue_id OR r.ticket_version <> t.version OR r.priority <> t.priority OR r.weight <> t.weight
                        OR r.eligible_at IS DISTINCT FROM t.eligible_at OR r.preferred_agent_id IS DISTINCT FROM t.preferred_agent_id
                        OR r.required_skills <> t.required_skills OR r.required_levels <> t.required_levels
                        OR r.optional_skills <> t.optional_skills OR r.optional_ranks <> t.optional_ranks
                        OR r.excluded_agents <> t.declined_agents OR r.offer_round <> t.offer_round
                        OR r.site_id IS DISTINCT FROM t.site_id THEN 'stale' END AS fault,
                t.id AS ticket_id, t.number
            FROM docket.ticket t LEFT JOIN docket.routing_entry r ON r.tenant_id = $1 AND r.ticket_id = t.id
            WHERE t.tenant_id = $1 AND t.state = $2
            UNION ALL
            SELECT 'orphaned', r.ticket_id, t.number
            FROM docket.routing_entry r LEFT JOIN docket.ticket t ON t.tenant_id = $1 AND t.id = r.ticket_id
            WHERE r.tenant_id = $1 AND (t.id IS NULL OR t.state <> $2)
        ) f WHERE f.fault IS NOT NULL ORDER BY f.fault = 'stranded', f.ticket_id LIMIT $3
        """
    let tenant: TenantID
    let limit: Int

    public init(tenant: TenantID, limit: Int) {
        self.tenant = tenant
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(TicketState.waitingAssignment.rawValue)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        Row(
            fault: try row.code(RoutingTally.Fault.self, at: 0),
            ticket: try row.decode(TicketID.self, at: 1),
            number: try row.decodeOptional(Int64.self, at: 2)
        )
    }
}
