import Domain
import UseCases

/// How long each step of a ticket took and who had it, with the promises beside it.
struct HandlingResource: ResponseObject {
    let ticketID: TicketID
    let handling: TicketHandling

    static let schema = JSONSchema.object(
        "TicketTime",
        [
            JSONProperty("ticket_id", .id, "The ticket."),
            JSONProperty("now", .timestamp, "Up to when was counted; a closed ticket's time ends with its closing."),
            JSONProperty("calendar_id", .id.nullable, "By which open time was counted: the policy's, organization's, queue's or tenant's."),
            JSONProperty("calendar_version", .integer().nullable, "Its version."),
            JSONProperty("total", amountSchema, "From the creation on."),
            JSONProperty("rest", amountSchema, "What is beyond the steps that are listed: 0 for any ticket that people handle."),
            JSONProperty("steps", .array(of: stepSchema), "In the order in which the ticket first came to them."),
            JSONProperty("customer", targetsSchema, "What was promised to the customer."),
            JSONProperty("internal", targetsSchema, "What groups, stages and agents owe (OLA)."),
        ]
    )

    private static let amountSchema = JSONSchema.object("HandlingAmount", amountProperties)

    private static let amountProperties = [
        JSONProperty("wall_seconds", .number, "Plain time."),
        JSONProperty("business_seconds", .number.nullable, "Open time of the calendar; null without one."),
    ]

    private static let stepSchema = JSONSchema.object(
        "HandlingStep",
        [
            JSONProperty("group_id", .id.nullable, "Whose step it is; null: no group's."),
            JSONProperty("stage", JSONSchema.codes(SLAStage.self).nullable, "The stage."),
        ] + amountProperties + [JSONProperty("owners", .array(of: ownerSchema), "In the order in which they first had it.")]
    )

    private static let ownerSchema = JSONSchema.object(
        "HandlingOwner",
        [JSONProperty("agent_id", .id.nullable, "Who had it; null: nobody.")] + amountProperties
    )

    private static let targetsSchema = JSONSchema.array(of: targetSchema, count: 0...TicketHandling.maximumPromises)

    private static let targetSchema = JSONSchema.object(
        "HandlingTarget",
        [
            JSONProperty("metric", .codes(SLAMetric.self), "What it measures."),
            JSONProperty("instance", .integer(), "1, 2, 3 … within the ticket and metric."),
            JSONProperty("stage", JSONSchema.codes(SLAStage.self).nullable, "For the metric stage."),
            JSONProperty("group_id", .id.nullable, "For the metric group_ownership."),
            JSONProperty("state", .codes(SLATimer.State.self), "How it stands."),
            JSONProperty("target_seconds", .number.nullable, "What is promised."),
            JSONProperty("consumed_seconds", .number, "What was counted up to now."),
            JSONProperty("due_at", .timestamp.nullable, "The deadline; null while paused."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("ticket_id", ticketID)
            writer.field("now", handling.now)
            writer.field("calendar_id", handling.calendar?.id)
            writer.field("calendar_version", handling.calendar?.version)
            writer.name("total")
            writer.object { write(handling.time.total, to: &$0) }
            writer.name("rest")
            writer.object { write(handling.time.rest, to: &$0) }
            writer.name("steps")
            writer.array { writer in
                for step in handling.time.steps { writer.object { write(step, to: &$0) } }
            }
            write("customer", handling.customer, to: &writer)
            write("internal", handling.internalTargets, to: &writer)
        }
    }

    private func write(_ amount: HandlingTime.Amount, to writer: inout JSONWriter) {
        writer.field("wall_seconds", TimerResource.seconds(amount.wall))
        writer.field("business_seconds", amount.business.map(TimerResource.seconds))
    }

    private func write(_ step: HandlingTime.Step, to writer: inout JSONWriter) {
        writer.field("group_id", step.group)
        writer.field("stage", code: step.stage)
        write(step.amount, to: &writer)
        writer.name("owners")
        writer.array { writer in
            for owner in step.owners {
                writer.object { writer in
                    writer.field("agent_id", owner.agent)
                    write(owner.amount, to: &writer)
                }
            }
        }
    }

    private func write(_ name: StaticString, _ targets: [SLAExplanation], to writer: inout JSONWriter) {
        writer.name(name)
        writer.array { writer in
            for target in targets {
                writer.object { writer in
                    writer.field("metric", target.metric.rawValue)
                    writer.field("instance", target.instance)
                    writer.field("stage", code: target.stage)
                    writer.field("group_id", target.group)
                    writer.field("state", target.state.rawValue)
                    writer.field("target_seconds", target.target.map(TimerResource.seconds))
                    writer.field("consumed_seconds", TimerResource.seconds(target.consumed))
                    writer.field("due_at", target.dueAt)
                }
            }
        }
    }
}
