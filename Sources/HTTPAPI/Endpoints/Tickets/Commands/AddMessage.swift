import Domain

/// A message with its author, where an integration says who wrote it.
struct AddMessage: RequestObject {
    static let body = RequestField("body", .text(1...65_536, lines: true), "The text.")
    static let author = RequestField("author", JSONType<Author>.object, "Who wrote it; the agent that the key acts for, else the system.")
    static let schema = JSONSchema.object("AddMessage", [body.required, author.optional], isClosed: true)

    /// Who wrote a message.
    struct Author: RequestObject {
        typealias Kind = TicketMessage.Author.Kind

        static let kind = RequestField("type", JSONType<Kind>.code, "Who wrote it.")
        static let agent = RequestField("agent_id", .id(Entity.Agent.self), "With type agent.")
        static let requester = RequestField("requester_id", .id(Entity.Requester.self), "With type requester; the ticket's own unless named.")
        static let schema = JSONSchema.object("NewMessageAuthor", [kind.required, agent.optional, requester.optional], isClosed: true)

        let value: TicketMessage.Author

        init?(from reader: inout ObjectReader) {
            let kind = reader.required(Self.kind)
            let agent = reader.optional(Self.agent)
            let requester = reader.optional(Self.requester)
            if reader.has(Self.agent.name), kind != .agent { reader.refuse(Self.agent.name, .notAllowed, "Only with type agent.") }
            if reader.has(Self.requester.name), kind != .requester { reader.refuse(Self.requester.name, .notAllowed, "Only with type requester.") }
            switch kind {
            case .agent:
                guard let agent else {
                    if !reader.has(Self.agent.name) { reader.refuse(Self.agent.name, .required, "Is missing.") }
                    return nil
                }
                value = .agent(agent)
            case .requester: value = .requester(requester)
            case .system: value = .system
            case nil: return nil
            }
        }
    }

    let body: String
    let author: TicketMessage.Author?

    init?(from reader: inout ObjectReader) {
        let body = reader.required(Self.body)
        author = reader.optional(Self.author)?.value
        guard let body else { return nil }
        self.body = body
    }
}
