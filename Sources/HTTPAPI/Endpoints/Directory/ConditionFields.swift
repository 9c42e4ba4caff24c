import Domain

/// Conditions over tickets, as policies and queues have them.
enum ConditionFields {
    static let schema = JSONSchema(
        .anything,
        description: #"{"all": […]}, {"any": […]}, {"not": …} or {"field": …, "op": equals|one_of|contains|at_least|at_most|is_set, "value": …}; "#
            + "one_of takes a list of texts."
    )

    static let condition = JSONType<TicketCondition>.document(schema, check: ConditionFields.refuseStrangers(in:_:))

    /// A condition has the members of its own form only. One that has several forms, or none, is refused where it is read.
    private static func refuseStrangers(in value: JSONValue, _ errors: inout FieldErrors) {
        let forms = ["all", "any", "not", "field"].filter { value.member($0) != nil }
        let comparison: Set<String> = ["field", "op", "value"]
        switch forms.count {
        case 1: value.refuseMembers(beside: forms == ["field"] ? comparison : Set(forms), &errors)
        default: value.refuseMembers(beside: comparison.union(["all", "any", "not"]), &errors)
        }
        for form in forms where form != "field" {
            guard let inner = value.member(form) else { continue }
            for part in inner.elements ?? [inner] { refuseStrangers(in: part, &errors) }
        }
    }
}
