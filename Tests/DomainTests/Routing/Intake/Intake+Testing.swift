import Domain

extension Intake {
    /// For tickets of no organization.
    func place(_ content: TicketContent, isClosed: (QueueID) -> Bool = { _ in false }) -> (content: TicketContent, record: IntakeRecord?) {
        place(content, tier: nil, isClosed: isClosed)
    }
}
