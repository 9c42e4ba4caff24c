import Domain

/// `{"agent_id": …, "question": …}`
struct AskColleague: RequestObject {
    static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who is asked.")
    static let question = RequestField("question", .text(1...4_000, lines: true), "What.")
    static let schema = JSONSchema.object("AskColleague", [agent.required, question.required], isClosed: true)

    let agent: AgentID
    let question: String

    init?(from reader: inout ObjectReader) {
        let agent = reader.required(Self.agent)
        let question = reader.required(Self.question)
        guard let agent, let question else { return nil }
        self.agent = agent
        self.question = question
    }
}

/// `{"body": …}`
struct AnswerConsultation: RequestObject {
    static let body = RequestField("body", .text(1...65_536, lines: true), "The answer: an internal note on the ticket.")
    static let schema = JSONSchema.object("AnswerConsultation", [body.required], isClosed: true)

    let body: String

    init?(from reader: inout ObjectReader) {
        guard let body = reader.required(Self.body) else { return nil }
        self.body = body
    }
}

/// `/v1/tickets/{ticket_id}/consultations/{consultation_id}`
struct ConsultationPath: PathParameters {
    static let field = PathField("consultation_id", .id(Entity.Consultation.self), "The consultation's id.")
    static let parameters = [TicketPath.field.parameter, field.parameter]
    let ticket: TicketID
    let id: ConsultationID

    init(from reader: PathReader) throws(Problem) {
        ticket = try reader.value(TicketPath.field)
        id = try reader.value(Self.field)
    }
}

/// A consultation as the API shows it.
struct ConsultationResource: ResponseObject {
    let consultation: Consultation

    init(_ consultation: Consultation) {
        self.consultation = consultation
    }

    var location: String { "/v1/tickets/\(consultation.ticketID)/consultations/\(consultation.id)" }

    static let schema = JSONSchema.object(
        "Consultation",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("ticket_id", .id, "The ticket."),
            JSONProperty("agent_id", .id, "Who is asked."),
            JSONProperty("question", .string, "What."),
            JSONProperty("asked_by", EventResource.actorSchema, "Who asks."),
            JSONProperty("asked_at", .timestamp, "When."),
            JSONProperty("state", .codes(Consultation.State.self), "While one is open, the ticket cannot be resolved."),
            JSONProperty("answer_message_id", .id.nullable, "The note that is the answer."),
            JSONProperty("closed_at", .timestamp.nullable, "When it was answered or cancelled."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", consultation.id)
            writer.field("ticket_id", consultation.ticketID)
            writer.field("agent_id", consultation.agentID)
            writer.field("question", consultation.question)
            writer.name("asked_by")
            writer.object { writer in
                writer.field("type", consultation.askedBy.kind.rawValue)
                writer.field("id", consultation.askedBy.id)
            }
            writer.field("asked_at", consultation.askedAt)
            writer.field("state", consultation.state.rawValue)
            writer.field("answer_message_id", consultation.answerID)
            writer.field("closed_at", consultation.closedAt)
        }
    }
}
