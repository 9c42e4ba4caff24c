public import Domain

/// An offer as a ticket shows it.
enum OfferObject {
    static let schema = JSONSchema.object(
        "Offer",
        [
            JSONProperty("agent_id", .id, "Who is asked."),
            JSONProperty("offered_at", .timestamp, "Since when."),
            JSONProperty("expires_at", .timestamp, "Until when it can be accepted."),
        ]
    )
}

extension TicketOffer: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", agentID)
            writer.field("offered_at", offeredAt)
            writer.field("expires_at", expiresAt)
        }
    }
}
