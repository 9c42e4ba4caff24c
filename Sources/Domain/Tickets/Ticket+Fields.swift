extension Ticket {
    /// The ticket as the conditions of policies see it: its content, its `state` and its `assignee_id`.
    ///
    /// - Parameter tier: that of its organization.
    public func fieldValues(tier: String?) -> [String: FieldValue] {
        var values = content.fieldValues(tier: tier)
        values[Self.stateField] = .text(state.rawValue)
        values[Self.assigneeField] = assigneeID.map { .text($0.description) }
        return values
    }
}
