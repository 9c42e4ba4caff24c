import Domain

/// `{"text": …}`
struct UrgeTicket: RequestObject {
    static let text = RequestField("text", .text(1...1_000, lines: true), "What is said.")
    static let requester = RequestField("requester_id", .id(Entity.Requester.self), "The customer who urges, where an integration speaks for one.")
    static let schema = JSONSchema.object("UrgeTicket", [text.required, requester.optional], isClosed: true)

    let text: String
    let requester: RequesterID?

    init?(from reader: inout ObjectReader) {
        let text = reader.required(Self.text)
        requester = reader.optional(Self.requester)
        guard let text else { return nil }
        self.text = text
    }
}

/// `{"reason": …}`
struct EscalateTicket: RequestObject {
    static let trigger = RequestField(
        "trigger",
        JSONType<EscalationRequestCause>.code,
        "The agent cannot solve it alone, which it is unless told, or a strong complaint."
    )
    static let schema = JSONSchema.object("EscalateTicket", [TransferTicket.reason.required, trigger.optional], isClosed: true)

    let reason: String
    let cause: EscalationRequestCause

    init?(from reader: inout ObjectReader) {
        let reason = reader.required(TransferTicket.reason)
        cause = reader.optional(Self.trigger) ?? .cannotSolve
        guard let reason else { return nil }
        self.reason = reason
    }
}
