import Domain
public import UseCases

/// What a proposal would do.
struct PolicyPreviewResource: ResponseObject {
    let preview: PolicyPreview

    static let schema = JSONSchema.object(
        "SLAPolicyPreview",
        [
            JSONProperty("summary", .string, "One sentence for people."),
            JSONProperty("examined", .integer(), "Live tickets that were looked at."),
            JSONProperty("complete", .boolean, "Whether these were all."),
            JSONProperty("tickets_changed", .integer(), "Tickets to which something else would be promised."),
            JSONProperty("timers_changed", .integer(), "Clocks that would get another target, deadline or `breach_at`."),
            JSONProperty("timers_breached", .integer(), "Targets that the edit would put into the past; not what is overdue anyway."),
            JSONProperty("timers_cancelled", .integer(), "Clocks that would be cancelled."),
            JSONProperty("timers_promised", .integer(), "Clocks of which nothing was promised before."),
            JSONProperty("tickets_unmeasured", .integer(), "Tickets whose clocks could not be measured."),
            JSONProperty("policies", .array(of: shareSchema), "Which policy had and would have how many of the tickets."),
            JSONProperty("sample", .array(of: changeSchema, count: 0...PolicyPreviews.maximumSample), "The first changes."),
            JSONProperty("findings", .array(of: PolicyFindingsResource.findingSchema), "What is odd about the proposal."),
        ]
    )

    private static let shareSchema = JSONSchema.object(
        "PolicyShare",
        [
            JSONProperty("policy_id", .id.nullable, "The policy; null for a new one, and for none."),
            JSONProperty("name", .string.nullable, "Its name; null: no policy matches."),
            JSONProperty("before", .integer(), "Tickets now."),
            JSONProperty("after", .integer(), "Tickets then."),
        ]
    )

    private static let sideSchema = JSONSchema.object(
        "TimerSide",
        [
            JSONProperty("state", .codes(SLATimer.State.self), "How it stands."),
            JSONProperty("target_seconds", .number.nullable, "What is promised."),
            JSONProperty("due_at", .timestamp.nullable, "The deadline; null while paused."),
            JSONProperty(
                "breach_at",
                .timestamp.nullable,
                "From when on it counts as missed; null while paused. A target that another calendar or way of counting has used up is missed anew, now."
            ),
        ]
    )

    private static let changeSchema = JSONSchema.object(
        "TimerChange",
        [
            JSONProperty("ticket_id", .id, "The ticket."),
            JSONProperty("ticket_number", .integer(), "The number that people see."),
            JSONProperty("metric", .codes(SLAMetric.self), "What the clock measures."),
            JSONProperty("instance", .integer(), "1, 2, 3 … within the ticket and metric."),
            JSONProperty("before", sideSchema.nullable, "null: nothing was promised."),
            JSONProperty("after", sideSchema.nullable, "As it would be."),
        ]
    )

    /// "142 running timers change, 3 breach at once."
    private var summary: String {
        func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
        var parts = [
            count(preview.changedTimers, "running timer changes", "running timers change"),
            count(preview.breachedTimers, "breaches at once", "breach at once"),
        ]
        if preview.cancelledTimers > 0 { parts.append(count(preview.cancelledTimers, "is cancelled", "are cancelled")) }
        if preview.promisedTimers > 0 { parts.append(count(preview.promisedTimers, "is new", "are new")) }
        let cut = preview.isComplete ? "" : " (of the newest \(count(preview.examined, "live ticket", "live tickets")))"
        return parts.joined(separator: ", ") + cut + "."
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("summary", summary)
            writer.field("examined", preview.examined)
            writer.field("complete", preview.isComplete)
            writer.field("tickets_changed", preview.changedTickets)
            writer.field("timers_changed", preview.changedTimers)
            writer.field("timers_breached", preview.breachedTimers)
            writer.field("timers_cancelled", preview.cancelledTimers)
            writer.field("timers_promised", preview.promisedTimers)
            writer.field("tickets_unmeasured", preview.unmeasured)
            writer.field("policies", preview.shares)
            writer.field("sample", preview.sample)
            writer.field("findings", preview.findings)
        }
    }
}

extension PolicyPreview.Share: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("policy_id", policy)
            writer.field("name", name)
            writer.field("before", before)
            writer.field("after", after)
        }
    }
}

extension PolicyPreview.Change: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("ticket_id", ticket)
            writer.field("ticket_number", number)
            writer.field("metric", metric.rawValue)
            writer.field("instance", instance)
            writer.field("before", before)
            writer.field("after", after)
        }
    }
}

extension PolicyPreview.Side: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("state", state.rawValue)
            writer.field("target_seconds", target.map { Double($0) / 1_000_000 })
            writer.field("due_at", dueAt)
            writer.field("breach_at", breachAt)
        }
    }
}
