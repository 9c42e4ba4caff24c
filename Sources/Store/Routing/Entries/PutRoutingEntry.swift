public import Domain
public import Postgres

/// Puts a ticket into its queue, or replaces its entry after an edit.
public struct PutRoutingEntry: Statement {
    public typealias Row = NoRow
    public static let sql = """
        INSERT INTO docket.routing_entry AS r (tenant_id, ticket_id, queue_id, class_key, rank_at, eligible_at, priority, weight, required_skills,
            required_levels, optional_skills, optional_ranks, preferred_agent_id, excluded_agents, ticket_version, next_step_at, channel,
            class_step, overflow_at, offer_round, service_area, latitude_microdegrees, longitude_microdegrees, site_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        ON CONFLICT (tenant_id, ticket_id) DO UPDATE SET
            queue_id = $3, class_key = $4, rank_at = $5, eligible_at = $6, priority = $7, weight = $8, required_skills = $9, required_levels = $10,
            optional_skills = $11, optional_ranks = $12, preferred_agent_id = $13, excluded_agents = $14, ticket_version = $15,
            next_step_at = least($16, CASE WHEN \(isSameRound) THEN r.exhausted_at + interval '\(TicketOffer.roundPauseSeconds) seconds' END),
            channel = $17, class_step = $18, overflow_at = $19, offer_round = $20,
            -- The pause before the next round goes on, whatever is written to the ticket meanwhile.
            exhausted_at = CASE WHEN \(isSameRound) THEN r.exhausted_at END,
            -- In another queue somebody else is to be told.
            told_reason = CASE WHEN r.queue_id = $3 THEN r.told_reason END,
            service_area = $21, latitude_microdegrees = $22, longitude_microdegrees = $23, site_id = $24
        WHERE r.tenant_id = $1
        """
    /// Whether the same agents may take the ticket as before, and the same have declined it (routing.md G).
    private static let isSameRound = """
        (r.queue_id = $3 AND r.excluded_agents = $14 AND r.offer_round = $20 AND r.weight = $8 AND r.required_skills = $9 AND r.required_levels = $10 \
        AND r.optional_skills = $11 AND r.optional_ranks = $12 AND r.channel = $17 AND r.service_area IS NOT DISTINCT FROM $21)
        """
    let tenant: TenantID
    let entry: RoutingEntry

    public init(tenant: TenantID, entry: RoutingEntry) {
        self.tenant = tenant
        self.entry = entry
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(entry.ticket.id)
        binder.append(entry.queueID)
        binder.append(entry.classKey)
        binder.append(entry.ticket.rankAt)
        binder.append(entry.ticket.eligibleAt)
        binder.append(Int16(entry.priority.rawValue))
        binder.append(Int32(clamping: entry.ticket.weight))
        SkillColumns.bind(entry.ticket.requirements, into: &binder)
        binder.append(entry.ticket.preferredAgent)
        binder.append(entry.ticket.excludedAgents)
        binder.append(entry.ticketVersion)
        binder.append(entry.nextStepAt)
        binder.append(entry.ticket.channel.rawValue)
        binder.append(Int16(clamping: entry.step ?? 0))
        binder.append(entry.overflowAt)
        binder.append(Int16(clamping: entry.offerRound))
        binder.append(entry.ticket.serviceArea)
        PlaceColumns.bind(entry.ticket.location, into: &binder)
        binder.append(entry.ticket.siteID)
    }
}
