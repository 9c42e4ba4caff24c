extension TicketCondition {
    /// The fields that it looks at.
    public var fieldNames: Set<String> {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.fieldNames) }
        case .not(let part): part.fieldNames
        case .field(let name, _, _): [name]
        }
    }

    /// Whether it may be met with one value of a field and not with another.
    public func distinguishes(_ field: String, _ value: FieldValue, from other: FieldValue) -> Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains { $0.distinguishes(field, value, from: other) }
        case .not(let part): part.distinguishes(field, value, from: other)
        case .field(let name, _, _): name == field && isMet(by: [field: value]) != isMet(by: [field: other])
        }
    }
}

extension TicketContent {
    private static let organizationField = "organization_id"
    /// How a condition names the tier of the ticket's organization: the present one, which the ticket itself does not carry.
    public static let tierField = "organization_tier"

    private static let conditionFields: Set<String> = [
        "subject", descriptionField, "type", "channel", "category", "location", "service_area", "site_id", "language", "primary_language",
        "external_ref", "priority", "impact", "urgency", "weight", "queue_id", "group_id", "skills", "optional_skills", "preferred_agent_id",
        "requester_id", "requester_vip", organizationField, tierField,
    ]

    /// How a condition names the description, which is read only where one does: it may be long.
    public static let descriptionField = "description"

    /// Whether ``fieldValues`` may have a field of this name.
    public static func isConditionField(_ name: String) -> Bool {
        conditionFields.contains(name) || (name.hasPrefix("fields.") && name.utf8.count > 7)
    }
}

extension Ticket {
    /// How a condition of a policy names the state.
    public static let stateField = "state"
    /// How a condition of a policy names who has the ticket.
    public static let assigneeField = "assignee_id"

    /// Whether ``fieldValues(tier:)`` may have a field of this name.
    public static func isConditionField(_ name: String) -> Bool {
        name == stateField || name == assigneeField || TicketContent.isConditionField(name)
    }
}
