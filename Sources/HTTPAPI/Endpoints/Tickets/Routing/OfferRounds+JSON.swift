public import Domain

extension OfferRounds: JSONWritable {
    static let schema = JSONSchema.object(
        "OfferRounds",
        [
            JSONProperty("rounds_over", .integer(), "Rounds in which everybody was asked; after three nobody is asked any more."),
            JSONProperty(
                "asked",
                .array(
                    of: JSONSchema.object(
                        "AskedAgent",
                        [
                            JSONProperty("agent_id", .id, "Who."),
                            JSONProperty("round", .integer(), "From 1."),
                            JSONProperty("offered_at", .timestamp, "When he was asked."),
                            JSONProperty("outcome", .string.nullable, "accepted, declined, timed_out or rescinded; null while the offer is open."),
                            JSONProperty("ended_at", .timestamp.nullable, "When that was."),
                            JSONProperty("reason", .string.nullable, "Why he declined."),
                        ]
                    )
                ),
                "In the order in which they were asked."
            ),
            JSONProperty("is_cut", .boolean, "Whether there were more before them."),
        ]
    )

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("rounds_over", over)
            writer.field("asked", asked)
            writer.field("is_cut", isCut)
        }
    }
}

extension OfferRounds.Asked: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", agent)
            writer.field("round", round)
            writer.field("offered_at", offeredAt)
            writer.field("outcome", outcome?.rawValue)
            writer.field("ended_at", endedAt)
            writer.field("reason", reason)
        }
    }
}
