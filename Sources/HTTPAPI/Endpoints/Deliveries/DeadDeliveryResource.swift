import Domain
import UseCases

/// A delivery that was given up: what it was about and why, never its content.
struct DeadDeliveryResource: ResponseObject {
    let delivery: DeadDelivery

    init(_ delivery: DeadDelivery) {
        self.delivery = delivery
    }

    static let schema = JSONSchema.object("DeadDelivery", properties)
    static let properties = [
        JSONProperty("id", .id, "Its id, which is the webhook-id of every attempt."),
        JSONProperty("kind", .string(StringShape(values: ["webhook", "mail"])), "How it is delivered."),
        JSONProperty("webhook_endpoint_id", .id.nullable, "To which endpoint; null for mail."),
        JSONProperty("ticket_id", .id.nullable, "What it is about; null for a mail of several notices."),
        JSONProperty(
            "ticket_ids",
            .array(of: .id, count: 0...DeadDelivery.maximumTickets),
            "What it is about, of a mail of several notices \(DeadDelivery.maximumTickets) tickets at most."
        ),
        JSONProperty("recipients", .array(of: .string), "The addresses of a mail; none of a webhook."),
        JSONProperty("event_sequence", .integer().nullable, "Which event of the ticket."),
        JSONProperty("event_type", .string.nullable, "The event's type."),
        JSONProperty("attempt_count", .integer(), "How often it was tried."),
        JSONProperty("reason", .string, "Why it was given up."),
        JSONProperty("created_at", .timestamp, "When it was to be delivered first."),
        JSONProperty("given_up_at", .timestamp, "When it was given up."),
        JSONProperty("redeliverable", .boolean, "Whether its endpoint is active."),
    ]

    func write(to writer: inout JSONWriter) {
        writer.object { writeFields(to: &$0) }
    }

    /// Writes the members into an open object.
    func writeFields(to writer: inout JSONWriter) {
        writer.field("id", delivery.id)
        writer.field("kind", delivery.kind)
        writer.field("webhook_endpoint_id", delivery.endpoint)
        writer.field("ticket_id", delivery.ticket)
        writer.field("ticket_ids", delivery.tickets)
        writer.field("recipients", delivery.recipients)
        writer.field("event_sequence", delivery.eventSequence)
        writer.field("event_type", delivery.eventType)
        writer.field("attempt_count", delivery.attempts)
        writer.field("reason", delivery.reason)
        writer.field("created_at", delivery.createdAt)
        writer.field("given_up_at", delivery.diedAt)
        writer.field("redeliverable", delivery.isDeliverable)
    }
}

/// The same with its last attempts.
struct DeadDeliveryDetail: ResponseObject {
    let delivery: DeadDelivery
    let attempts: [DeliveryAttempt]

    static let schema = JSONSchema.object(
        "DeadDeliveryDetail",
        DeadDeliveryResource.properties + [
            JSONProperty(
                "attempts",
                .array(of: AttemptObject.schema, count: 0...DeadDeliveries.maximumAttempts),
                "The last \(DeadDeliveries.maximumAttempts), in their order."
            )
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            DeadDeliveryResource(delivery).writeFields(to: &writer)
            writer.field("attempts", attempts.map(AttemptObject.init))
        }
    }
}

/// One attempt.
struct AttemptObject: ResponseObject {
    let attempt: DeliveryAttempt

    static let schema = JSONSchema.object(
        "DeliveryAttempt",
        [
            JSONProperty("at", .timestamp, "When it ended."),
            JSONProperty("attempt", .integer(), "1, 2, 3 …; a delivery that is made again begins anew."),
            JSONProperty("outcome", .string(StringShape(values: ["delivered", "failed", "dropped"])), "What came of it."),
            JSONProperty("status_code", .integer().nullable, "The receiver's HTTP or SMTP status; null where it did not answer."),
            JSONProperty("detail", .string, "What the receiver answered, cut to 4 KiB, or why it did not."),
            JSONProperty("duration_ms", .integer(), "How long it took."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("at", attempt.at)
            writer.field("attempt", attempt.attempt)
            writer.field("outcome", attempt.outcome)
            writer.field("status_code", attempt.statusCode)
            writer.field("detail", attempt.detail)
            writer.field("duration_ms", attempt.duration / 1_000)
        }
    }
}

/// What was put back.
struct RedeliveryResource: ResponseObject {
    let redelivery: DeadDeliveries.Redelivery

    static let schema = JSONSchema.object(
        "Redelivery",
        [
            JSONProperty("redelivered", .integer(in: 0...Int64(DeadDeliveries.maximumRedelivery)), "How many are being delivered again."),
            JSONProperty("has_more", .boolean, "Whether there are more of them: call again."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("redelivered", redelivery.count)
            writer.field("has_more", redelivery.hasMore)
        }
    }
}
