import Domain
import UseCases

/// One penalty.
struct PenaltyResource: ResponseObject {
    let line: PenaltyStatement.Line

    static let properties = [
        JSONProperty("id", .id, "Its id."),
        JSONProperty("ticket_id", .id, "Whose target was missed."),
        JSONProperty("ticket_number", .integer(), "The number that people see."),
        JSONProperty("requester_id", .id.nullable, "The customer, when the entry was made."),
        JSONProperty("organization_id", .id.nullable, "Whose ticket it was when the target was missed."),
        JSONProperty("contract_id", .id.nullable, "The organization's contract that it falls under."),
        JSONProperty("contract_number", .string.nullable, "The contract's number."),
        JSONProperty("metric", .codes(SLAMetric.self), "What was measured."),
        JSONProperty("instance", .integer(), "1, 2, 3 … within the ticket and metric."),
        JSONProperty("target_version", .integer(), "Counts the timer's promises that differ."),
        JSONProperty("policy_id", .id, "The policy that was in force."),
        JSONProperty("policy_name", .string, "Its present name."),
        JSONProperty("policy_version", .integer(), "Its version that was in force."),
        JSONProperty("breached_at", .timestamp, "When the target was missed."),
        JSONProperty("ended_at", .timestamp.nullable, "When that was over; null while it lasts: the amount may then grow."),
        JSONProperty("overrun_seconds", .number, "Beyond the target, as the timer counts time."),
        JSONProperty("amount", .integer().nullable, "In the currency's smallest unit; null where no band applies."),
        JSONProperty("currency", .string.nullable, "ISO 4217."),
        JSONProperty("band_over_seconds", .integer().nullable, "The band that applies: from how many seconds beyond the target it holds."),
        JSONProperty("waived", .boolean, "Whether all of it is waived."),
        JSONProperty("waived_amount", .integer(), "Of the amount, what is waived: what it cost when that was granted. The rest is to be paid."),
    ]
    static let schema = JSONSchema.object("Penalty", properties)

    func write(to writer: inout JSONWriter) {
        writer.object { writeFields(to: &$0) }
    }

    func writeFields(to writer: inout JSONWriter) {
        let (penalty, breach) = (line.penalty, line.penalty.breach)
        writer.field("id", penalty.id)
        writer.field("ticket_id", penalty.ticketID)
        writer.field("ticket_number", line.ticketNumber)
        writer.field("requester_id", penalty.requesterID)
        writer.field("organization_id", breach.organization)
        writer.field("contract_id", line.contract?.id)
        writer.field("contract_number", line.contract?.number)
        writer.field("metric", breach.metric.rawValue)
        writer.field("instance", breach.instance)
        writer.field("target_version", breach.targetVersion)
        writer.field("policy_id", breach.policy.id)
        writer.field("policy_name", line.policyName)
        writer.field("policy_version", breach.policy.version)
        writer.field("breached_at", breach.breachedAt)
        writer.field("ended_at", breach.endedAt)
        // Time, not money: a Double holds microseconds of 285 years.
        writer.field("overrun_seconds", Double(breach.overrun) / 1_000_000)
        writer.field("amount", penalty.price?.amount)
        writer.field("currency", penalty.price?.currency)
        writer.field("band_over_seconds", penalty.price?.overSeconds)
        writer.field("waived", line.isWaived)
        writer.field("waived_amount", line.waived)
    }
}

/// One penalty with its waivers.
struct PenaltyDetailsResource: ResponseObject {
    let entry: Penalties.Entry

    static let schema = JSONSchema.object(
        "PenaltyDetails",
        PenaltyResource.properties + [JSONProperty("waivers", .array(of: WaiverResource.schema), "What was asked and decided, the oldest first.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            PenaltyResource(line: entry.line).writeFields(to: &writer)
            writer.name("waivers")
            writer.array { writer in
                for waiver in entry.waivers { WaiverResource(waiver: waiver).write(to: &writer) }
            }
        }
    }
}

/// A request to waive a penalty.
struct WaiverResource: ResponseObject {
    let waiver: SLAWaiver

    static let schema = JSONSchema.object(
        "PenaltyWaiver",
        [
            JSONProperty("id", .id, "Its id."),
            JSONProperty("penalty_id", .id, "What is to be waived."),
            JSONProperty("state", .codes(SLAWaiver.State.self), "What became of it."),
            JSONProperty("reason", .string, "Why."),
            JSONProperty("requested_by", .id, "Who asked."),
            JSONProperty("requested_at", .timestamp, "When."),
            JSONProperty("decided_by", .id.nullable, "Who decided; never the one who asked."),
            JSONProperty("decided_at", .timestamp.nullable, "When."),
            JSONProperty("note", .string.nullable, "A remark on the decision."),
            JSONProperty("amount", .integer().nullable, "What was waived: what the entry cost when that was granted; null unless granted."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", waiver.id)
            writer.field("penalty_id", waiver.penaltyID)
            writer.field("state", waiver.state.rawValue)
            writer.field("reason", waiver.reason)
            writer.field("requested_by", waiver.requestedBy)
            writer.field("requested_at", waiver.requestedAt)
            writer.field("decided_by", waiver.decidedBy)
            writer.field("decided_at", waiver.decidedAt)
            writer.field("note", waiver.note)
            writer.field("amount", waiver.amount)
        }
    }
}

/// What a computation did.
struct PenaltyRunResource: ResponseObject {
    let run: PenaltyLedger.Run

    static let schema = JSONSchema.object(
        "PenaltyRun",
        [
            JSONProperty("tickets", .integer(), "Tickets whose histories were gone through."),
            JSONProperty("written", .integer(), "Entries that are new or differ from before."),
            JSONProperty("failed", .integer(), "Tickets whose clocks cannot be measured."),
            JSONProperty("complete", .boolean, "false: there is more; call again."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("tickets", run.tickets)
            writer.field("written", run.written)
            writer.field("failed", run.failed)
            writer.field("complete", run.isComplete)
        }
    }
}
