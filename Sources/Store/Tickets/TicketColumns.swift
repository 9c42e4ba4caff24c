import Domain
import Postgres

/// The columns of a ticket in the one order in which every statement lists them.
enum TicketColumns {
    static let list = """
        id, number, created_at, version, last_seq, subject, description, type, channel, category, location, external_ref, requester_id, \
        priority, impact, urgency, queue_id, group_id, weight, required_skills, required_levels, optional_skills, optional_ranks, \
        preferred_agent_id, fields, language, requester_vip, service_area, latitude_microdegrees, longitude_microdegrees, \
        state, assignee_id, over_capacity, \
        eligible_at, updated_at, resolved_at, closed_at, overflowed_from, \
        offered_agent_id, offered_at, offer_expires_at, declined_agents, offer_round, urge_count, last_urged_at, open_consultations, site_id, \
        merged_into, split_from, follow_up_of, organization_id, task_count, open_required_tasks, closing_told_at, queued_at
        """

    /// The same columns with an empty description, unless a parameter is true: a long text costs a look into another table.
    ///
    /// - Parameter placeholder: that of the parameter.
    static func briefList(describedIf placeholder: String) -> String {
        list.replacing("description", with: "CASE WHEN \(placeholder) THEN description ELSE '' END AS description")
    }

    /// `$2` … `$56`: what ``bind(_:into:)`` appends, one for each column.
    static let placeholders = (2...list.split(separator: ",").count + 1).map { "$\($0)" }.joined(separator: ", ")

    /// Appends the columns of ``list``, after the tenant in `$1`.
    static func bind(_ ticket: Ticket, into binder: inout Binder) {
        binder.append(ticket.id)
        binder.append(ticket.number)
        binder.append(ticket.createdAt)
        binder.append(ticket.version)
        binder.append(Int32(clamping: ticket.lastSequence))
        bind(ticket.content, into: &binder)
        binder.append(ticket.state.rawValue)
        binder.append(ticket.assigneeID)
        binder.append(ticket.isOverCapacity)
        binder.append(ticket.eligibleAt)
        binder.append(ticket.updatedAt)
        binder.append(ticket.resolvedAt)
        binder.append(ticket.closedAt)
        binder.append(ticket.overflowedFrom)
        binder.append(ticket.offer?.agentID)
        binder.append(ticket.offer?.offeredAt)
        binder.append(ticket.offer?.expiresAt)
        binder.append(ticket.declinedBy)
        binder.append(Int16(clamping: ticket.offerRound))
        binder.append(Int32(clamping: ticket.attention.urgeCount))
        binder.append(ticket.attention.lastUrgedAt)
        binder.append(Int16(clamping: ticket.attention.openConsultations))
        binder.append(ticket.content.siteID)
        binder.append(ticket.links.mergedInto)
        binder.append(ticket.links.splitFrom)
        binder.append(ticket.links.followUpOf)
        binder.append(ticket.content.organizationID)
        binder.append(Int16(clamping: ticket.attention.taskCount))
        binder.append(Int16(clamping: ticket.attention.openRequiredTasks))
        binder.append(ticket.closingToldAt)
        binder.append(ticket.queuedAt)
    }

    private static func bind(_ content: TicketContent, into binder: inout Binder) {
        binder.append(content.subject)
        binder.append(content.description)
        binder.append(content.type)
        binder.append(content.channel.rawValue)
        binder.append(content.category)
        binder.append(content.location)
        binder.append(content.externalReference)
        binder.append(content.requesterID)
        binder.append(Int16(content.priority.rawValue))
        binder.append(content.impact.map { Int16($0.rawValue) })
        binder.append(content.urgency.map { Int16($0.rawValue) })
        binder.append(content.queueID)
        binder.append(content.groupID)
        binder.append(Int32(clamping: content.weight))
        SkillColumns.bind(content.skills, into: &binder)
        binder.append(content.preferredAgentID)
        binder.append(content.fields.isEmpty ? JSONB(bytes: Array("{}".utf8)) : DocumentCoding.encode(content.fields))
        binder.append(content.language)
        binder.append(content.isRequesterVIP)
        binder.append(content.serviceArea)
        PlaceColumns.bind(content.place, into: &binder)
    }

    /// Reads the columns of ``list``, from the reader's position.
    static func decode(_ columns: inout ColumnReader) throws(DecodeError) -> Ticket {
        let id = try columns.next(TicketID.self)
        let number = try columns.next(Int64.self)
        let createdAt = try columns.next(Timestamp.self)
        let version = try columns.next(Int64.self)
        let lastSequence = Int(try columns.next(Int32.self))
        var content = try content(&columns)
        let state = TicketState(rawValue: try columns.next(String.self))
        let assignee = try columns.nextOptional(AgentID.self)
        let isOverCapacity = try columns.next(Bool.self)
        let eligibleAt = try columns.nextOptional(Timestamp.self)
        let updatedAt = try columns.next(Timestamp.self)
        let resolvedAt = try columns.nextOptional(Timestamp.self)
        let closedAt = try columns.nextOptional(Timestamp.self)
        let overflowedFrom = try columns.nextArray(QueueID.self)
        let offer = try offer(&columns)
        let declinedBy = try columns.nextArray(AgentID.self)
        let offerRound = Int(try columns.next(Int16.self))
        let urgeCount = Int(try columns.next(Int32.self))
        let lastUrgedAt = try columns.nextOptional(Timestamp.self)
        let openConsultations = Int(try columns.next(Int16.self))
        content.siteID = try columns.nextOptional()
        let links = TicketLinks(
            mergedInto: try columns.nextOptional(),
            splitFrom: try columns.nextOptional(),
            followUpOf: try columns.nextOptional()
        )
        content.organizationID = try columns.nextOptional()
        let attention = TicketAttention(
            urgeCount: urgeCount,
            lastUrgedAt: lastUrgedAt,
            openConsultations: openConsultations,
            taskCount: Int(try columns.next(Int16.self)),
            openRequiredTasks: Int(try columns.next(Int16.self))
        )
        return Ticket(
            id: id,
            number: number,
            createdAt: createdAt,
            version: version,
            lastSequence: lastSequence,
            content: content,
            state: state,
            assigneeID: assignee,
            isOverCapacity: isOverCapacity,
            offer: offer,
            declinedBy: declinedBy,
            offerRound: offerRound,
            eligibleAt: eligibleAt,
            updatedAt: updatedAt,
            resolvedAt: resolvedAt,
            closedAt: closedAt,
            overflowedFrom: overflowedFrom,
            attention: attention,
            links: links,
            closingToldAt: try columns.nextOptional(),
            queuedAt: try columns.nextOptional()
        )
    }

    private static func offer(_ columns: inout ColumnReader) throws(DecodeError) -> TicketOffer? {
        let agent = try columns.nextOptional(AgentID.self)
        let offeredAt = try columns.nextOptional(Timestamp.self)
        let expiresAt = try columns.nextOptional(Timestamp.self)
        guard let agent, let offeredAt, let expiresAt else { return nil }
        return TicketOffer(agentID: agent, offeredAt: offeredAt, expiresAt: expiresAt)
    }

    private static func content(_ columns: inout ColumnReader) throws(DecodeError) -> TicketContent {
        var content = TicketContent(
            subject: try columns.next(),
            description: try columns.next(),
            type: try columns.next(),
            channel: try columns.nextCode(),
            category: try columns.nextOptional(),
            location: try columns.nextOptional(),
            externalReference: try columns.nextOptional(),
            requesterID: try columns.nextOptional(),
            priority: try columns.nextNumber(),
            impact: try columns.nextOptionalNumber(),
            urgency: try columns.nextOptionalNumber(),
            queueID: try columns.nextOptional(),
            groupID: try columns.nextOptional(),
            weight: Int(try columns.next(Int32.self)),
            skills: try SkillColumns.decode(&columns),
            preferredAgentID: try columns.nextOptional(),
            fields: try columns.nextDocument()
        )
        content.language = try columns.nextOptional()
        content.isRequesterVIP = try columns.next()
        content.serviceArea = try columns.nextOptional()
        content.place = try PlaceColumns.decode(&columns)
        return content
    }
}
