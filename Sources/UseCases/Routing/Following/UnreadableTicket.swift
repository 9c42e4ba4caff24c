import Domain

/// A ticket whose row cannot be understood.
struct UnreadableTicket: Sendable {
    let ticket: TicketID
    let error: any Error
}
