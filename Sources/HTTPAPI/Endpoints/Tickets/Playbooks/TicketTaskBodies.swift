import Domain

/// `{"trigger": …, "note": …}`
struct ReportChange: RequestObject {
    static let trigger = RequestField("trigger", JSONType.code(of: PlaybookTrigger.reported), "What happened.")
    static let note = RequestField("note", .text(1...4_000, lines: true), "What exactly, for the history.")
    static let schema = JSONSchema.object("ReportChange", [trigger.required, note.required], isClosed: true)

    let trigger: PlaybookTrigger
    let note: String

    init?(from reader: inout ObjectReader) {
        let trigger = reader.required(Self.trigger)
        let note = reader.required(Self.note)
        guard let trigger, let note else { return nil }
        self.trigger = trigger
        self.note = note
    }
}

/// `{"outcome": …, "note": …}`
struct FinishTask: RequestObject {
    static let outcome = RequestField("outcome", JSONType<TicketTask.Outcome>.code, "How it ended.")
    static let note = RequestField("note", .text(1...4_000, lines: true), "The result, or why it was not needed.")
    static let schema = JSONSchema.object("FinishTask", [outcome.required, note.optional], isClosed: true)

    let outcome: TicketTask.Outcome
    let note: String?

    init?(from reader: inout ObjectReader) {
        let outcome = reader.required(Self.outcome)
        note = reader.optional(Self.note)
        guard let outcome else { return nil }
        self.outcome = outcome
    }
}

/// `/v1/tickets/{ticket_id}/tasks/{task_id}`
struct TicketTaskPath: PathParameters {
    static let field = PathField("task_id", .id(Entity.TicketTask.self), "The task's id.")
    static let parameters = [TicketPath.field.parameter, field.parameter]
    let ticket: TicketID
    let id: TicketTaskID

    init(from reader: PathReader) throws(Problem) {
        ticket = try reader.value(TicketPath.field)
        id = try reader.value(Self.field)
    }
}

/// A task of a ticket as the API shows it.
struct TicketTaskResource: ResponseObject {
    let task: TicketTask

    init(_ task: TicketTask) {
        self.task = task
    }

    static let schema = JSONSchema.object(
        "TicketTask",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("ticket_id", .id, "Of which ticket."),
            JSONProperty("playbook_id", .id, "The plan that it is from."),
            JSONProperty("playbook_version", .integer(), "The version of the plan."),
            JSONProperty("title", .string, "What is to be done."),
            JSONProperty("instructions", .string.nullable, "How."),
            JSONProperty("required", .boolean, "Whether the ticket is not solved before it is done or skipped."),
            JSONProperty("started_at", .timestamp, "When the plan was started."),
            JSONProperty("due_at", .timestamp.nullable, "By when."),
            JSONProperty("outcome", .codes(TicketTask.Outcome.self).nullable, "How it ended; null while it is to be done."),
            JSONProperty("note", .string.nullable, "The result, or why it was not needed."),
            JSONProperty("finished_by", EventResource.actorSchema.nullable, "By whom."),
            JSONProperty("finished_at", .timestamp.nullable, "When that was."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", task.id)
            writer.field("ticket_id", task.ticketID)
            writer.field("playbook_id", task.playbookID)
            writer.field("playbook_version", task.playbookVersion)
            writer.field("title", task.title)
            writer.field("instructions", task.instructions)
            writer.field("required", task.isRequired)
            writer.field("started_at", task.startedAt)
            writer.field("due_at", task.dueAt)
            writer.field("outcome", task.finish?.outcome.rawValue)
            writer.field("note", task.finish?.note)
            writer.name("finished_by")
            if let actor = task.finish?.actor {
                writer.object { writer in
                    writer.field("type", actor.kind.rawValue)
                    writer.field("id", actor.id)
                }
            } else {
                writer.null()
            }
            writer.field("finished_at", task.finish?.time)
        }
    }
}
