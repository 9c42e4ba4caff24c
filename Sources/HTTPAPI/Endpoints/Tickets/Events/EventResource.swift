import Domain

/// An event of a ticket as the history and the change feed show it.
struct EventResource: ResponseObject {
    let event: TicketEvent

    init(_ event: TicketEvent) {
        self.event = event
    }

    static let schema = JSONSchema.object(
        "TicketEvent",
        [
            JSONProperty("ticket_id", .id, "The ticket."),
            JSONProperty("sequence", .integer(in: 1...Int64.max), "1 for the creation, then without gaps."),
            JSONProperty("version", .integer(), "The ticket's version after it."),
            JSONProperty("at", .timestamp, "When it happened."),
            JSONProperty("type", .string, "What happened, an open set: ticket.created, ticket.assigned, sla.breached, …"),
            JSONProperty("actor", actorSchema, "Who did it."),
            JSONProperty("data", JSONSchema(.anything, description: "An object that depends on the type."), "The details."),
        ]
    )

    static let actorSchema = JSONSchema.object(
        "Actor",
        [
            JSONProperty("type", .string, "api, agent, requester, dispatcher, scheduler or system."),
            JSONProperty("id", .id.nullable, "The key's, agent's or requester's id."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("ticket_id", event.ticketID)
            writer.field("sequence", event.sequence)
            writer.field("version", event.version)
            writer.field("at", event.at)
            writer.field("type", event.payload.kind)
            writer.name("actor")
            writer.object { writer in
                writer.field("type", event.actor.kind.rawValue)
                writer.field("id", event.actor.id)
            }
            writer.name("data")
            writer.object { event.payload.writeData(to: &$0) }
        }
    }
}
