import Domain
import UseCases

/// `{"into_id": …}`
struct MergeTicket: RequestObject {
    static let target = RequestField("into_id", .id(Entity.Ticket.self), "The ticket in which this one goes on.")
    static let schema = JSONSchema.object("MergeTicket", [target.required], isClosed: true)

    let target: TicketID

    init?(from reader: inout ObjectReader) {
        guard let target = reader.required(Self.target) else { return nil }
        self.target = target
    }
}

/// `{"message_ids": […], "subject": …}`
struct SplitTicket: RequestObject {
    static let messages = RequestField(
        "message_ids",
        .array(of: .id(Entity.Message.self), 1...TicketOrigin.maximumMessages),
        "The ticket's messages that the new one begins with; each once."
    )
    static let subject = RequestField("subject", .text(1...500), "What the new ticket is about.")
    static let description = RequestField("description", .text(0...65_536, lines: true), "In full.")
    static let queue = RequestField("queue_id", .id(Entity.Queue.self), "Where it waits; as the ticket's unless named.")
    static let group = RequestField("group_id", .id(Entity.Group.self), "Whose matter it is; as the ticket's unless named.")
    static let schema = JSONSchema.object(
        "SplitTicket",
        [messages.required, subject.required, description.optional, queue.optional, group.optional],
        isClosed: true
    )

    let request: SplitRequest

    init?(from reader: inout ObjectReader) {
        let messages = reader.required(Self.messages)
        let subject = reader.required(Self.subject)
        let description = reader.optional(Self.description) ?? ""
        let queue = reader.optional(Self.queue)
        let group = reader.optional(Self.group)
        guard let messages, let subject else { return nil }
        guard Set(messages).count == messages.count else {
            reader.refuse(Self.messages.name, .duplicate, "Names a message twice.")
            return nil
        }
        request = SplitRequest(messages: messages, subject: subject, description: description, queueID: queue, groupID: group)
    }
}

/// A ticket that another one went into or came from.
struct TicketLinkResource: ResponseObject {
    let link: TicketLink

    static let schema = JSONSchema.object(
        "TicketLink",
        [
            JSONProperty("ticket_id", .id, "The other ticket."),
            JSONProperty("number", .integer(), "Its number."),
            JSONProperty("state", TicketStateCode.schema, "Where it stands."),
            JSONProperty(
                "relations",
                .array(of: .codes(TicketLink.Relation.self), count: 1...TicketLink.Relation.allCases.count),
                "What it is to this one."
            ),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("ticket_id", link.ticket)
            writer.field("number", link.number)
            writer.field("state", link.state.rawValue)
            writer.field("relations", link.relations.map(\.rawValue))
        }
    }
}

/// A customer who waits for a ticket's answers beside its own.
struct RequesterFollowerResource: ResponseObject {
    let follower: RequesterFollower

    static let schema = JSONSchema.object(
        "RequesterFollower",
        [JSONProperty("requester_id", .id, "Who."), JSONProperty("added_at", .timestamp, "Since when.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("requester_id", follower.requester)
            writer.field("added_at", follower.addedAt)
        }
    }
}
