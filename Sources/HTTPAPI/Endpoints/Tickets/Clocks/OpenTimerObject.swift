import Domain
import UseCases

/// A clock as lists show it.
struct OpenTimerObject: ResponseObject {
    let timer: OpenTimer

    static let schema = JSONSchema.object(
        "OpenTimer",
        [
            JSONProperty("metric", .codes(SLAMetric.self), "What it measures."),
            JSONProperty("instance", .integer(), "1, 2, 3 … within the ticket and metric."),
            JSONProperty("state", .codes(SLATimer.State.self), "How it stands."),
            JSONProperty("outcome", .codes(SLATimerOutcome.self), "What became of it: a paused clock may have been missed."),
            JSONProperty("due_at", .timestamp.nullable, "The deadline; null while paused."),
            JSONProperty("breach_at", .timestamp.nullable, "From when on the target is missed."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("metric", timer.metric)
            writer.field("instance", timer.instance)
            writer.field("state", timer.state)
            writer.field("outcome", timer.outcome)
            writer.field("due_at", timer.dueAt)
            writer.field("breach_at", timer.breachAt)
        }
    }
}
