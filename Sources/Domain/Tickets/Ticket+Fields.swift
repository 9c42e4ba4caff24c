extension Ticket {
    /// The ticket as the conditions of policies see it: its content and its `state`.
    ///
    /// - Parameter tier: that of its organization.
    public func fieldValues(tier: String?) -> [String: FieldValue] {
        var values = content.fieldValues(tier: tier)
        values["state"] = .text(state.rawValue)
        return values
    }
}
