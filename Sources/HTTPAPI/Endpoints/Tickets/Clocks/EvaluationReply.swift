public import Domain

/// The answer of `docket sla eval`: its format is the API's own (contract.md). Timers are those of `GET /v1/tickets/{id}/timers`, and what fired is told as the ticket's
/// events tell it.
extension SLAEvaluation.Reply: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("timers", timers.map { TimerResource(explanation: $0) })
            writer.field("events", events.map(FiringObject.init))
        }
    }
}

/// A threshold that was passed: the type and the data of the event that tells it, and why it was due.
private struct FiringObject: JSONWritable {
    let firing: SLAFiring

    func write(to writer: inout JSONWriter) {
        let payload = firing.payload
        writer.object { writer in
            writer.field("type", payload.kind)
            writer.field("cause", firing.cause.rawValue)
            writer.name("data")
            writer.object { payload.writeData(to: &$0) }
        }
    }
}
