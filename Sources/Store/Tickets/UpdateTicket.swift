public import Domain
public import Postgres

/// Writes a ticket's row after a command. Touches no row when the stored version is not `expectedVersion`: somebody else was faster.
public struct UpdateTicket: Statement {
    public typealias Row = NoRow
    public static let sql = """
        UPDATE docket.ticket SET
            version = $5, last_seq = $6, last_xid = \(FeedOrder.number(after: "last_xid")), subject = $7, description = $8, type = $9,
            category = $11, location = $12, external_ref = $13, requester_id = $14, priority = $15, impact = $16, urgency = $17,
            queue_id = $18, group_id = $19, weight = $20, required_skills = $21,
            required_levels = $22, optional_skills = $23, optional_ranks = $24, preferred_agent_id = $25, fields = $26, language = $27,
            requester_vip = $28, service_area = $29, latitude_microdegrees = $30, longitude_microdegrees = $31, state = $32, assignee_id = $33,
            over_capacity = $34, eligible_at = $35, updated_at = $36, resolved_at = $37, closed_at = $38, overflowed_from = $39,
            offered_agent_id = $40, offered_at = $41, offer_expires_at = $42, declined_agents = $43, offer_round = $44, urge_count = $45,
            last_urged_at = $46, open_consultations = $47, site_id = $48, merged_into = $49, organization_id = $52, task_count = $53,
            open_required_tasks = $54, closing_told_at = $55, queued_at = $56
        WHERE tenant_id = $1 AND id = $2 AND version = $57 AND number = $3 AND created_at = $4 AND channel = $10
            AND split_from IS NOT DISTINCT FROM $50 AND follow_up_of IS NOT DISTINCT FROM $51
        """
    let tenant: TenantID
    let ticket: Ticket
    let expectedVersion: Int64

    public init(tenant: TenantID, ticket: Ticket, expectedVersion: Int64) {
        self.tenant = tenant
        self.ticket = ticket
        self.expectedVersion = expectedVersion
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        TicketColumns.bind(ticket, into: &binder)
        binder.append(expectedVersion)
    }
}
