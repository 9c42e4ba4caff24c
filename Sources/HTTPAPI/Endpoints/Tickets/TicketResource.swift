import Domain

/// A ticket as the API shows it.
struct TicketResource: ResponseObject {
    let ticket: Ticket

    init(_ ticket: Ticket) {
        self.ticket = ticket
    }

    var entityTag: EntityTag { EntityTag(version: ticket.version, of: ticket.id) }
    var location: String { "/v1/tickets/\(ticket.id)" }

    static let schema = JSONSchema.object(
        "Ticket",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("number", .integer(), "The number that people see."),
            JSONProperty("etag", EntityTag.schema, "Its version, for If-Match."),
            JSONProperty("state", TicketStateCode.schema, "Where it stands in its life cycle."),
            JSONProperty("assignee_id", .id.nullable, "Who has it."),
            JSONProperty("offer", OfferObject.schema.nullable, "To whom it is offered now."),
            JSONProperty("declined_by", .array(of: .id), "Who declined it or let an offer pass, in this round."),
            JSONProperty("offer_round", .integer(in: 0...3), "Rounds of offers that are over; after three nobody is asked any more."),
            JSONProperty("over_capacity", .boolean, "Assigned by hand beyond the agent's capacity."),
            JSONProperty("urge_count", .integer(), "How often people urged."),
            JSONProperty("last_urged_at", .timestamp.nullable, "When they did last."),
            JSONProperty("open_consultations", .integer(in: 0...10), "How many colleagues are being asked."),
        ] + TicketContent.properties + [
            JSONProperty("created_at", .timestamp, "When it came in."),
            JSONProperty("updated_at", .timestamp, "When it was changed last."),
            JSONProperty("eligible_at", .timestamp.nullable, "Since when it could be routed."),
            JSONProperty("resolved_at", .timestamp.nullable, "When it was resolved."),
            JSONProperty("closed_at", .timestamp.nullable, "When it was closed."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", ticket.id)
            writer.field("number", ticket.number)
            writer.field("etag", entityTag)
            writer.field("state", ticket.state.rawValue)
            writer.field("assignee_id", ticket.assigneeID)
            writer.field("offer", ticket.offer)
            writer.field("declined_by", ticket.declinedBy)
            writer.field("offer_round", ticket.offerRound)
            writer.field("over_capacity", ticket.isOverCapacity)
            writer.field("urge_count", ticket.attention.urgeCount)
            writer.field("last_urged_at", ticket.attention.lastUrgedAt)
            writer.field("open_consultations", ticket.attention.openConsultations)
            ticket.content.writeFields(to: &writer)
            writer.field("created_at", ticket.createdAt)
            writer.field("updated_at", ticket.updatedAt)
            writer.field("eligible_at", ticket.eligibleAt)
            writer.field("resolved_at", ticket.resolvedAt)
            writer.field("closed_at", ticket.closedAt)
        }
    }
}

extension Reply<TicketResource> {
    /// A ticket after a command.
    static func ticket(_ ticket: Ticket) -> Reply {
        let resource = TicketResource(ticket)
        return .ok(resource, entityTag: resource.entityTag)
    }

    static func created(_ ticket: Ticket) -> Reply {
        let resource = TicketResource(ticket)
        return .created(resource, location: resource.location, entityTag: resource.entityTag)
    }
}
