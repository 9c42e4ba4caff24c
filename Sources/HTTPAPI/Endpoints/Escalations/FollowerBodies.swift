import Domain

/// `{"agent_id": …}`
struct AddFollower: RequestObject {
    static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who follows the ticket.")
    static let schema = JSONSchema.object("AddFollower", [agent.required], isClosed: true)

    let agent: AgentID

    init?(from reader: inout ObjectReader) {
        guard let agent = reader.required(Self.agent) else { return nil }
        self.agent = agent
    }
}

/// `/v1/tickets/{ticket_id}/followers/{agent_id}`
struct FollowerPath: PathParameters {
    static let field = PathField("agent_id", .id(Entity.Agent.self), "Who follows it.")
    static let parameters = [TicketPath.field.parameter, field.parameter]
    let ticket: TicketID
    let agent: AgentID

    init(from reader: PathReader) throws(Problem) {
        ticket = try reader.value(TicketPath.field)
        agent = try reader.value(Self.field)
    }
}

/// Who hears of a ticket as its agent does.
struct FollowerResource: ResponseObject {
    let follower: TicketFollower

    static let schema = JSONSchema.object(
        "Follower",
        [JSONProperty("agent_id", .id, "Who."), JSONProperty("added_at", .timestamp, "Since when.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", follower.agent)
            writer.field("added_at", follower.addedAt)
        }
    }
}
