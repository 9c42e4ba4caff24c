import Domain

extension TenantConfiguration {
    /// What a ticket weighs after an edit of its content, whoever makes it: a person, or a level that raises its priority (decision 68).
    func weight(of content: TicketContent, editedFrom before: TicketContent) -> Int {
        intake.weight(of: content, editedFrom: before) { promises.tier(of: $0) }
    }
}
