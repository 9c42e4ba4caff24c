/// What matters of a ticket.
struct TicketThing: Decodable, Sendable {
    let id: String
    let state: String
    let priority: String
    let assignee_id: String?
}
