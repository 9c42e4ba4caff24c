extension Ticket {
    /// The ticket as the conditions of policies see it: its content and its `state`.
    public var fieldValues: [String: FieldValue] {
        var values = content.fieldValues
        values["state"] = .text(state.rawValue)
        return values
    }
}
