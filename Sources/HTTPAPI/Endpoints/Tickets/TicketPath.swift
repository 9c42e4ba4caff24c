import Domain

/// `/v1/tickets/{ticket_id}`
struct TicketPath: PathParameters {
    static let field = PathField("ticket_id", .id(Entity.Ticket.self), "The ticket's id.")
    static let parameters = [field.parameter]
    let id: TicketID

    init(from reader: PathReader) throws(Problem) {
        id = try reader.value(Self.field)
    }
}
