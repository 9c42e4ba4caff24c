import Domain

/// `{"state", "without_agent"}`
struct TransitionTicket: RequestObject {
    static let state = RequestField("state", TicketStateCode.type, "The state to move to.")
    static let withoutAgent = RequestField(
        "without_agent",
        .boolean,
        "true lets a ticket get in progress that has no agent, for histories recorded elsewhere; else it needs one."
    )
    static let schema = JSONSchema.object("TransitionTicket", [state.required, withoutAgent.optional], isClosed: true)

    let state: TicketState
    let isWithoutAgent: Bool

    init?(from reader: inout ObjectReader) {
        let state = reader.required(Self.state)
        isWithoutAgent = reader.optional(Self.withoutAgent) ?? false
        guard let state else { return nil }
        self.state = state
    }
}

/// `{"agent_id": …}`
struct AssignTicket: RequestObject {
    static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who gets it.")
    static let schema = JSONSchema.object("AssignTicket", [agent.required], isClosed: true)

    let agent: AgentID

    init?(from reader: inout ObjectReader) {
        guard let agent = reader.required(Self.agent) else { return nil }
        self.agent = agent
    }
}

/// `{"agent_id": …}`, which a key that acts for an agent may leave out.
struct ClaimTicket: RequestObject {
    static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who takes it; not needed where the key acts for an agent.")
    static let schema = JSONSchema.object("ClaimTicket", [agent.optional], isClosed: true)
    static let isOptional = true

    let agent: AgentID?

    init?(from reader: inout ObjectReader) {
        agent = reader.optional(Self.agent)
    }
}
