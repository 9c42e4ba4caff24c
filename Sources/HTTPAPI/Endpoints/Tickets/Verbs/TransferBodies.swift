import Domain
import UseCases

/// `{"to": {"agent_id": …} | {"queue_id": …}, "reason": …}`
struct TransferTicket: RequestObject {
    static let to = RequestField("to", JSONType<Target>.object, "Who gets it.")
    static let reason = RequestField("reason", .text(1...1_000, lines: true), "Why.")
    static let note = RequestField("note", .text(1...65_536, lines: true), "An internal note to whoever gets it.")
    static let schema = JSONSchema.object("TransferTicket", [to.required, reason.required, note.optional], isClosed: true)

    /// An agent or a queue, and whose matter it becomes.
    struct Target: RequestObject {
        static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Another agent; either this or queue_id.")
        static let queue = RequestField("queue_id", .id(Entity.Queue.self), "Another queue, where it waits with its place kept.")
        static let group = RequestField("group_id", .id(Entity.Group.self), "Whose matter it becomes; unchanged unless named.")
        static let schema = JSONSchema.object("TransferTarget", [agent.optional, queue.optional, group.optional], isClosed: true)

        let place: TransferTo

        init?(from reader: inout ObjectReader) {
            let agent = reader.optional(Self.agent)
            let queue = reader.optional(Self.queue)
            let group = reader.optional(Self.group)
            guard reader.has(Self.agent.name) != reader.has(Self.queue.name) else {
                reader.refuse(nil, reader.has(Self.agent.name) ? .notAllowed : .required, "Name an agent or a queue, one of them.")
                return nil
            }
            switch (agent, queue) {
            case (let agent?, _): place = TransferTo(.agent(agent), group: group)
            case (_, let queue?): place = TransferTo(.queue(queue), group: group)
            default: return nil
            }
        }
    }

    let place: TransferTo
    let reason: String
    let note: String?

    init?(from reader: inout ObjectReader) {
        let place = reader.required(Self.to)?.place
        let reason = reader.required(Self.reason)
        note = reader.optional(Self.note)
        guard let place, let reason else { return nil }
        self.place = place
        self.reason = reason
    }
}

/// `{"reason": …}`
struct ReturnTicket: RequestObject {
    static let schema = JSONSchema.object("ReturnTicket", [TransferTicket.reason.required], isClosed: true)

    let reason: String

    init?(from reader: inout ObjectReader) {
        guard let reason = reader.required(TransferTicket.reason) else { return nil }
        self.reason = reason
    }
}
