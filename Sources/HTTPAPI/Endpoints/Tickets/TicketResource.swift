import Domain

/// A ticket as the API shows it.
struct TicketResource: ResponseObject {
    let ticket: Ticket

    init(_ ticket: Ticket) {
        self.ticket = ticket
    }

    var entityTag: EntityTag { EntityTag(version: ticket.version, of: ticket.id) }
    var location: String { "/v1/tickets/\(ticket.id)" }

    static let schema = JSONSchema.object("Ticket", properties)
    /// The names of its members.
    static let members = properties.map(\.name)
    static let properties =
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
            JSONProperty("open_required_tasks", .integer(in: 0...500), "Tasks that keep it from being solved."),
        ] + TicketContent.properties + [
            JSONProperty("created_at", .timestamp, "When it came in."),
            JSONProperty("updated_at", .timestamp, "When it was changed last."),
            JSONProperty("eligible_at", .timestamp.nullable, "Since when it could be routed."),
            JSONProperty("resolved_at", .timestamp.nullable, "When it was resolved."),
            JSONProperty("closed_at", .timestamp.nullable, "When it was closed."),
            JSONProperty("merged_into", .id.nullable, "Where it goes on since it was merged."),
            JSONProperty("split_from", .id.nullable, "The ticket from which it was split off."),
            JSONProperty("follow_up_of", .id.nullable, "The closed ticket that was replied to."),
        ]

    func write(to writer: inout JSONWriter) {
        writer.object { writeFields(to: &$0) }
    }

    /// Writes the members into an open object.
    ///
    /// - Parameter names: only these; nil writes all.
    func writeFields(to writer: inout JSONWriter, only names: Set<String>? = nil) {
        func field<Value: JSONWritable>(_ name: StaticString, _ value: @autoclosure () -> Value) {
            if let names, !names.contains(name.description) { return }
            writer.field(name, value())
        }
        field("id", ticket.id)
        field("number", ticket.number)
        field("etag", entityTag)
        field("state", ticket.state.rawValue)
        field("assignee_id", ticket.assigneeID)
        field("offer", ticket.offer)
        field("declined_by", ticket.declinedBy)
        field("offer_round", ticket.offerRound)
        field("over_capacity", ticket.isOverCapacity)
        field("urge_count", ticket.attention.urgeCount)
        field("last_urged_at", ticket.attention.lastUrgedAt)
        field("open_consultations", ticket.attention.openConsultations)
        field("open_required_tasks", ticket.attention.openRequiredTasks)
        ticket.content.writeFields(to: &writer, only: names)
        field("created_at", ticket.createdAt)
        field("updated_at", ticket.updatedAt)
        field("eligible_at", ticket.eligibleAt)
        field("resolved_at", ticket.resolvedAt)
        field("closed_at", ticket.closedAt)
        field("merged_into", ticket.links.mergedInto)
        field("split_from", ticket.links.splitFrom)
        field("follow_up_of", ticket.links.followUpOf)
    }
}

extension Reply<TicketResource> {
    /// A ticket after a command.
    static func ticket(_ ticket: Ticket) -> Reply {
        let resource = TicketResource(ticket)
        return .ok(resource, entityTag: resource.entityTag)
    }

    /// A ticket after a message: a new one where a customer replied to a closed one.
    static func replied(_ ticket: Ticket) -> Reply { ticket.version == 1 ? created(ticket) : .ticket(ticket) }

    static func created(_ ticket: Ticket) -> Reply {
        let resource = TicketResource(ticket)
        return .created(resource, location: resource.location, entityTag: resource.entityTag)
    }
}
