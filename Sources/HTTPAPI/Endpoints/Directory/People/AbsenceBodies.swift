import Domain
import UseCases

/// `{"kind": …, "starts_at": …, "ends_at": …}`
struct CreateAbsence: RequestObject {
    static let kind = RequestField("kind", JSONType<AbsenceRecord.Kind>.code, "Why the agent is not there.")
    static let reason = RequestField("reason", .text(1...500), "What people should know about it.")
    static let tickets = RequestField(
        "tickets",
        JSONType<AbsenceRecord.Tickets>.code,
        "What goes back into the queues when it begins: unanswered tickets, unless told, or all that are open."
    )
    static let start = RequestField("starts_at", .timestamp, "From when; in the past: from now on.")
    static let end = RequestField("ends_at", .timestamp, "Until just before when; in the future, at most 366 days after the start.")
    static let schema = JSONSchema.object(
        "CreateAbsence",
        [kind.required, reason.optional, tickets.optional, start.required, end.required],
        isClosed: true
    )

    let absence: NewAbsence

    init?(from reader: inout ObjectReader) {
        let kind = reader.required(Self.kind)
        let reason = reader.optional(Self.reason)
        let tickets = reader.optional(Self.tickets) ?? .unanswered
        let start = reader.required(Self.start)
        let end = reader.required(Self.end)
        guard let kind, let start, let end else { return nil }
        absence = NewAbsence(kind: kind, reason: reason, tickets: tickets, interval: AbsenceRecord.Interval(start: start, end: end))
    }
}

/// `/v1/agents/{agent_id}/absences/{absence_id}`
struct AbsencePath: PathParameters {
    static let agentField = DirectoryPath<AgentContent>.field
    static let field = PathField("absence_id", .id(Entity.Absence.self), "The absence's id.")
    static let parameters = [agentField.parameter, field.parameter]
    let agent: AgentID
    let id: AbsenceID

    init(from reader: PathReader) throws(Problem) {
        agent = try reader.value(Self.agentField)
        id = try reader.value(Self.field)
    }
}

/// An absence as the API shows it.
struct AbsenceResource: ResponseObject {
    let absence: AbsenceRecord

    init(_ absence: AbsenceRecord) {
        self.absence = absence
    }

    var location: String { "/v1/agents/\(absence.agentID)/absences/\(absence.id)" }

    static let schema = JSONSchema.object(
        "Absence",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("agent_id", .id, "Who is not there."),
            JSONProperty("kind", .codes(AbsenceRecord.Kind.self), "Why."),
            JSONProperty("reason", .string.nullable, "What people should know about it."),
            JSONProperty("tickets", .codes(AbsenceRecord.Tickets.self), "What goes back into the queues when it begins."),
            JSONProperty("starts_at", .timestamp, "From when."),
            JSONProperty("ends_at", .timestamp, "Until just before when."),
            JSONProperty("created_by", EventResource.actorSchema, "Who recorded it."),
            JSONProperty("created_at", .timestamp, "When that was."),
            JSONProperty("cancelled_at", .timestamp.nullable, "When it was taken back."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", absence.id)
            writer.field("agent_id", absence.agentID)
            writer.field("kind", absence.kind.rawValue)
            writer.field("reason", absence.reason)
            writer.field("tickets", absence.tickets.rawValue)
            writer.field("starts_at", absence.interval.start)
            writer.field("ends_at", absence.interval.end)
            writer.name("created_by")
            writer.object { writer in
                writer.field("type", absence.createdBy.kind.rawValue)
                writer.field("id", absence.createdBy.id)
            }
            writer.field("created_at", absence.createdAt)
            writer.field("cancelled_at", absence.cancelledAt)
        }
    }
}
