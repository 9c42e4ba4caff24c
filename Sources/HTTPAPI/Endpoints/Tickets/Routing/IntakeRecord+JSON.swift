public import Domain

extension IntakeRecord: JSONWritable {
    static let schema = JSONSchema.object(
        "IntakeRecord",
        [
            JSONProperty(
                "path",
                .array(
                    of: JSONSchema.object(
                        "IntakeStop",
                        [
                            JSONProperty("queue_id", .id, "The queue."),
                            JSONProperty("cause", .codes(Cause.self), "Why the ticket came there."),
                        ]
                    )
                ),
                "The queues it came through; it waits in the last."
            ),
            JSONProperty(
                "rules",
                .array(
                    of: JSONSchema.object(
                        "IntakeWinner",
                        [
                            JSONProperty("queue_id", .id, "Whose rule it is."),
                            JSONProperty("position", .integer(), "From 0, as the rules were then."),
                            JSONProperty("name", .string, "Its name."),
                        ]
                    )
                ),
                "The rules that won, in the order in which they were applied."
            ),
        ]
    )

    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("path", path)
            writer.field("rules", rules)
        }
    }
}

extension IntakeRecord.Stop: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("queue_id", queueID)
            writer.field("cause", cause.rawValue)
        }
    }
}

extension IntakeRecord.Winner: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("queue_id", queueID)
            writer.field("position", position)
            writer.field("name", name)
        }
    }
}
