public import Domain

/// How far an edit has reached the live tickets.
struct ReevaluationResource: ResponseObject {
    let reevaluation: SLAReevaluation

    static let schema = JSONSchema.object(
        "Reevaluation",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("cause", .codes(SLAReevaluation.Cause.self), "What was edited."),
            JSONProperty("subject_id", .id.nullable, "Which policy, calendar, queue, organization or requester; null where there is none."),
            JSONProperty("state", .codes(SLAReevaluation.State.self), "superseded: a newer edit's does its work too."),
            JSONProperty(
                "tickets_total",
                .integer().nullable,
                "Live tickets, those of requesters who moved meanwhile once more; null while they are still being counted."
            ),
            JSONProperty("tickets_done", .integer(), "Tickets looked at."),
            JSONProperty("tickets_changed", .integer(), "Tickets to which something else is promised now."),
            JSONProperty("timers_breached", .integer(), "Targets that turned out to be missed already."),
            JSONProperty("tickets_failed", .integer(), "Tickets whose clocks could not be measured; they are as they were."),
            JSONProperty("error", .string.nullable, "Why the last of them failed."),
            JSONProperty("requested_at", .timestamp, "When the edit was made."),
            JSONProperty("started_at", .timestamp.nullable, "When it began."),
            JSONProperty("finished_at", .timestamp.nullable, "When it ended."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", reevaluation.id)
            writer.field("cause", reevaluation.cause.rawValue)
            writer.field("subject_id", reevaluation.subject)
            writer.field("state", reevaluation.state.rawValue)
            writer.field("tickets_total", reevaluation.isCounted ? reevaluation.total : nil)
            writer.field("tickets_done", reevaluation.examined)
            writer.field("tickets_changed", reevaluation.changed)
            writer.field("timers_breached", reevaluation.breached)
            writer.field("tickets_failed", reevaluation.failed)
            writer.field("error", reevaluation.error)
            writer.field("requested_at", reevaluation.requestedAt)
            writer.field("started_at", reevaluation.startedAt)
            writer.field("finished_at", reevaluation.finishedAt)
        }
    }
}

extension SLAReevaluation {
    /// The API's answer as JSON text.
    public var json: String {
        var writer = JSONWriter()
        ReevaluationResource(reevaluation: self).write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
