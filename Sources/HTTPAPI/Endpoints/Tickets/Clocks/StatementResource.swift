import Domain

/// What a customer is told about the promises of a ticket.
struct StatementResource: ResponseObject {
    let ticketID: TicketID
    let statement: SLAStatement
    let language: SLALanguage

    static let schema = JSONSchema.object(
        "TimersStatement",
        [
            JSONProperty("ticket_id", .id, "The ticket."),
            JSONProperty("now", .timestamp, "Up to when was counted."),
            JSONProperty("lang", .codes(SLALanguage.self), "The text's language."),
            JSONProperty("time_zone", .string, "In which all times of the text are: the calendar's, an IANA name."),
            JSONProperty("text", .string, "The page; lines end with a line feed."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("ticket_id", ticketID)
            writer.field("now", statement.now)
            writer.field("lang", language.rawValue)
            writer.field("time_zone", statement.zoneName)
            writer.field("text", statement.text(in: language))
        }
    }
}
