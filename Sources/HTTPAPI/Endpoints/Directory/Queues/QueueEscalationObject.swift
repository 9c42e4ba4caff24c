public import Domain

/// What starts a chain by itself for a queue's tickets.
struct QueueEscalationObject: RequestObject {
    static let trigger = RequestField(
        "trigger",
        JSONType<QueueEscalation.Trigger>.code,
        "It waits too long; nobody took it in all rounds of offers; nobody could take it."
    )
    static let chain = RequestField(
        "chain_id",
        JSONType<EscalationChainID>.id(Entity.EscalationChain.self).nullable,
        "Which chain; else the queue's escalation_chain_id, else that of the ticket's policy."
    )
    static let after = RequestField(
        "after_seconds",
        JSONType<Int>.integer(QueueEscalation.afterRange).nullable,
        "With unassigned: how long it may wait."
    )
    static let mode = RequestField("mode", JSONType<EscalationLevel.Mode>.code, "Whether that is plain time, or open time of the queue's calendar.")
    static let schema = JSONSchema.object(
        "QueueEscalation",
        [trigger.required, chain.optional, after.optional, mode.optional],
        isClosed: true
    )

    let escalation: QueueEscalation

    init?(from reader: inout ObjectReader) {
        let trigger = reader.required(Self.trigger)
        let chain = reader.optional(Self.chain) ?? nil
        let after = reader.optional(Self.after) ?? nil
        let mode = reader.optional(Self.mode) ?? .wall
        guard let trigger else { return nil }
        escalation = QueueEscalation(trigger: trigger, chain: chain, afterSeconds: after, mode: mode)
    }
}

extension QueueEscalation: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("trigger", trigger.rawValue)
            writer.field("chain_id", chain)
            writer.field("after_seconds", afterSeconds)
            writer.field("mode", mode.rawValue)
        }
    }
}
