import Domain

/// A stretch of the change feed: `{data, next_cursor, has_more}`. The feed has no end, so there is always a cursor to go on with.
struct FeedResource: ResponseObject {
    let events: [TicketEvent]
    let nextCursor: String
    let hasMore: Bool

    static let schema = JSONSchema.object(
        "EventFeed",
        [
            JSONProperty("data", .array(of: EventResource.schema, count: 0...200), "The events in the order of their commits."),
            JSONProperty("next_cursor", .string, "For `after` of the next request."),
            JSONProperty("has_more", .boolean, "Whether more are there already."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("data", events.map { EventResource($0) })
            writer.field("next_cursor", nextCursor)
            writer.field("has_more", hasMore)
        }
    }
}
