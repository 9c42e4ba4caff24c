extension Ticket {
    /// The ticket as the conditions of policies see it: `priority` as 1 to 4, ids as texts, own fields as `fields.<name>`.
    public var fieldValues: [String: FieldValue] {
        var values: [String: FieldValue] = [
            "type": .text(content.type),
            "channel": .text(content.channel.rawValue),
            "state": .text(state.rawValue),
            "priority": .number(Int64(content.priority.rawValue)),
        ]
        values["category"] = content.category.map(FieldValue.text)
        values["location"] = content.location.map(FieldValue.text)
        values["impact"] = content.impact.map { .number(Int64($0.rawValue)) }
        values["urgency"] = content.urgency.map { .number(Int64($0.rawValue)) }
        values["queue_id"] = content.queueID.map { .text($0.description) }
        values["group_id"] = content.groupID.map { .text($0.description) }
        values["requester_id"] = content.requesterID.map { .text($0.description) }
        for (name, value) in content.fields {
            switch value {
            case .text(let text): values["fields." + name] = .text(text)
            case .integer(let integer): values["fields." + name] = .number(integer)
            case .number(let number): values["fields." + name] = Int64(exactly: number.rounded(.down)).map(FieldValue.number)
            case .flag(let flag): values["fields." + name] = .flag(flag)
            }
        }
        return values
    }
}
