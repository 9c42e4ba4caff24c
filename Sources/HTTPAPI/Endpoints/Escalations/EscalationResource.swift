public import Domain
import UseCases

/// A run of an escalation chain for a ticket.
struct EscalationResource: ResponseObject {
    let entry: EscalationQueries.Entry

    init(_ entry: EscalationQueries.Entry) {
        self.entry = entry
    }

    private static let stepSchema = JSONSchema.object(
        "EscalationStep",
        [
            JSONProperty("round", .integer(), "From 0 on."),
            JSONProperty("level", .integer(), "From 0 on."),
            JSONProperty("scheduled_for", .timestamp, "When it is due."),
            JSONProperty("outcome", .string, "What it comes to: fired, skipped_empty, skipped_acknowledged, fallback or exhausted."),
        ]
    )
    private static let firedSchema = JSONSchema.object(
        "EscalationFired",
        [
            JSONProperty("round", .integer(), "From 0 on."),
            JSONProperty("level", .integer(), "From 0 on."),
            JSONProperty("outcome", .string, "fired, skipped_empty, skipped_acknowledged, fallback or exhausted."),
            JSONProperty("scheduled_for", .timestamp, "When it was due."),
            JSONProperty("fired_at", .timestamp, "When it was done."),
            JSONProperty("late", .boolean, "Done noticeably later."),
        ]
    )
    static let schema = JSONSchema.object(
        "Escalation",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("chain_id", .id, "The chain."),
            JSONProperty("chain_version", .integer(), "Of which it keeps its own copy."),
            JSONProperty("trigger", .string, "warning, breach, unassigned, no_taker, unroutable, manual or complaint."),
            JSONProperty("runs_for", .string, "The clock, `metric:instance`, or what else started it."),
            JSONProperty("state", .string, "running, held, acknowledged, ended or exhausted."),
            JSONProperty("end", .string.nullable, "Why it ended: stopped, solved, cancelled or merged."),
            JSONProperty("started_at", .timestamp, "When its first level is due."),
            JSONProperty("ended_at", .timestamp.nullable, "When it ended."),
            JSONProperty("acknowledged_at", .timestamp.nullable, "Since when somebody takes care."),
            JSONProperty("ack_ttl", .integer().nullable, "Seconds after which that lapses; null: it holds."),
            JSONProperty("repeats", .integer(), "How often the levels are gone through again."),
            JSONProperty("levels", .array(of: ChainFields.levelSchema), "Its own copy of the chain's."),
            JSONProperty("fired", .array(of: firedSchema, count: 0...500), "What it did."),
            JSONProperty("upcoming", .array(of: stepSchema, count: 0...500), "What it does if everybody is found and nobody acknowledges."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        let run = entry.stored.run
        writer.object { writer in
            writer.field("id", entry.stored.id)
            writer.field("chain_id", entry.stored.chain)
            writer.field("chain_version", run.chain.version)
            writer.field("trigger", run.trigger.rawValue)
            writer.field("runs_for", entry.stored.trigger)
            writer.field("state", entry.stored.stateCode)
            writer.field("end", code: run.end)
            writer.field("started_at", run.startedAt)
            writer.field("ended_at", run.endedAt)
            writer.field("acknowledged_at", run.acknowledgedAt)
            writer.field("ack_ttl", run.chain.acknowledgementTTL.map { Int($0) })
            writer.field("repeats", run.chain.repeats)
            writer.field("levels", document: run.chain.levels)
            writer.field("fired", entry.fired)
            writer.field("upcoming", entry.upcoming)
        }
    }
}

extension FiredEscalation: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("round", round)
            writer.field("level", level)
            writer.field("outcome", outcome.rawValue)
            writer.field("scheduled_for", scheduledFor)
            writer.field("fired_at", firedAt)
            writer.field("late", isLate)
        }
    }
}

extension EscalationFiring: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("round", round)
            writer.field("level", level)
            writer.field("scheduled_for", scheduledFor)
            writer.field("outcome", outcome.rawValue)
        }
    }
}

/// `/v1/tickets/{ticket_id}/escalations/{run_id}`
struct EscalationPath: PathParameters {
    static let field = PathField("run_id", .id(Entity.EscalationRun.self), "The run's id.")
    static let parameters = [TicketPath.field.parameter, field.parameter]
    let ticket: TicketID
    let id: EscalationRunID

    init(from reader: PathReader) throws(Problem) {
        ticket = try reader.value(TicketPath.field)
        id = try reader.value(Self.field)
    }
}
