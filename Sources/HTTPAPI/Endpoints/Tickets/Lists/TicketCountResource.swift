import UseCases

/// How many tickets there are.
struct TicketCountResource: ResponseObject {
    let count: TicketQueries.Count

    static let schema = JSONSchema.object(
        "TicketCount",
        [
            JSONProperty("count", .integer(in: 0...Int64(TicketQueries.maximumCount)), "How many; counting stops at \(TicketQueries.maximumCount)."),
            JSONProperty("exact", .boolean, "Whether there are no more."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("count", count.count)
            writer.field("exact", count.isExact)
        }
    }
}
