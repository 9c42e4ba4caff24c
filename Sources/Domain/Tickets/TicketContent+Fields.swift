extension TicketContent {
    /// The content as conditions see it, with what its organization adds.
    ///
    /// - Parameter tier: the organization's.
    public func fieldValues(tier: String?) -> [String: FieldValue] {
        var values = fieldValues
        values[Self.tierField] = tier.map(FieldValue.text)
        return values
    }

    /// The content as conditions see it: `priority` as 1 to 4, ids as texts, required skills as a list of theirs, own
    /// fields as `fields.<name>`. An empty description is none.
    public var fieldValues: [String: FieldValue] {
        var values: [String: FieldValue] = [
            "subject": .text(subject),
            "type": .text(type),
            "channel": .text(channel.rawValue),
            "priority": .number(Int64(priority.rawValue)),
            "requester_vip": .flag(isRequesterVIP),
            "weight": .number(Int64(weight)),
        ]
        values[Self.descriptionField] = description.isEmpty ? nil : .text(description)
        values["external_ref"] = externalReference.map(FieldValue.text)
        values["category"] = category.map(FieldValue.text)
        values["location"] = location.map(FieldValue.text)
        values["service_area"] = serviceArea.map(FieldValue.text)
        values["site_id"] = siteID.map { .text($0.description) }
        values["language"] = language.map(FieldValue.text)
        values["primary_language"] = language.map { .text(LanguageTag.primary(of: $0)) }
        values["impact"] = impact.map { .number(Int64($0.rawValue)) }
        values["urgency"] = urgency.map { .number(Int64($0.rawValue)) }
        values["queue_id"] = queueID.map { .text($0.description) }
        values["group_id"] = groupID.map { .text($0.description) }
        values["requester_id"] = requesterID.map { .text($0.description) }
        values["organization_id"] = organizationID.map { .text($0.description) }
        values["preferred_agent_id"] = preferredAgentID.map { .text($0.description) }
        let (required, optional) = (skills.required.map(\.skill.description), skills.optional.map(\.skill.description))
        values["skills"] = required.isEmpty ? nil : .list(required)
        values["optional_skills"] = optional.isEmpty ? nil : .list(optional)
        for (name, value) in fields {
            switch value {
            case .text(let text): values["fields." + name] = .text(text)
            case .integer(let integer): values["fields." + name] = .number(integer)
            case .number(let number): values["fields." + name] = Int64(exactly: number).map(FieldValue.number) ?? .decimal(number)
            case .flag(let flag): values["fields." + name] = .flag(flag)
            }
        }
        return values
    }
}
