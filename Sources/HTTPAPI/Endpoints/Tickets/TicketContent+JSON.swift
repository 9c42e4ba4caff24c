import Domain

extension TicketContent {
    /// The members that a ticket's content has in replies.
    static let properties = [
        JSONProperty("subject", .string, "What it is about."),
        JSONProperty("description", .string, "The whole story."),
        JSONProperty("type", .string, "The kind of request."),
        JSONProperty("channel", .codes(Channel.self), "How it came in."),
        JSONProperty("category", .string.nullable, "The tenant's own category."),
        JSONProperty("location", .string.nullable, "Where it is."),
        JSONProperty("service_area", .string.nullable, "The territory it must be served in."),
        JSONProperty("latitude", .number.nullable, "Where the work is, in degrees north."),
        JSONProperty("longitude", .number.nullable, "Where the work is, in degrees east."),
        JSONProperty("site_id", .id.nullable, "Where the work is done."),
        JSONProperty("language", .string.nullable, "In which the requester writes (BCP 47)."),
        JSONProperty("external_ref", .string.nullable, "Its id in another system."),
        JSONProperty("requester_id", .id.nullable, "Who asks."),
        JSONProperty("requester_vip", .boolean, "Whether the requester was a VIP when the ticket got him."),
        JSONProperty("organization_id", .id.nullable, "The organization that the requester belongs to."),
        JSONProperty("priority", .codes(PriorityCode.self), "P1 (critical) to P4 (low)."),
        JSONProperty("impact", .integer(in: 1...3).nullable, "1 (high) to 3 (low)."),
        JSONProperty("urgency", .integer(in: 1...3).nullable, "1 (high) to 3 (low)."),
        JSONProperty("queue_id", .id.nullable, "Where it waits."),
        JSONProperty("group_id", .id.nullable, "Whose matter it is."),
        JSONProperty("weight", .integer(in: 1...100), "Units of capacity that it takes."),
        JSONProperty("required_skills", .array(of: SkillLevelObject.schema), "Never dropped."),
        JSONProperty("optional_skills", .array(of: OptionalSkillObject.schema), "Needed until dropped."),
        JSONProperty("preferred_agent_id", .id.nullable, "Who gets it if he can."),
        JSONProperty("fields", .map(of: JSONType<CustomFieldValue>.customField.schema), "The tenant's own fields."),
    ]

    /// Writes the members into an open object.
    ///
    /// - Parameter names: only these; nil writes all.
    func writeFields(to writer: inout JSONWriter, only names: Set<String>? = nil) {
        func field(_ name: StaticString, _ value: some JSONWritable) {
            if let names, !names.contains(name.description) { return }
            writer.field(name, value)
        }
        field("subject", subject)
        field("description", description)
        field("type", type)
        field("channel", channel.rawValue)
        field("category", category)
        field("location", location)
        field("service_area", serviceArea)
        field("latitude", place?.latitude)
        field("longitude", place?.longitude)
        field("site_id", siteID)
        field("language", language)
        field("external_ref", externalReference)
        field("requester_id", requesterID)
        field("requester_vip", isRequesterVIP)
        field("organization_id", organizationID)
        field("priority", PriorityCode(priority).rawValue)
        field("impact", impact?.rawValue)
        field("urgency", urgency?.rawValue)
        field("queue_id", queueID)
        field("group_id", groupID)
        field("weight", weight)
        field("required_skills", skills.required)
        field("optional_skills", skills.optional)
        field("preferred_agent_id", preferredAgentID)
        field("fields", OwnFields(values: fields))
    }

    private struct OwnFields: JSONWritable {
        let values: [String: CustomFieldValue]

        /// In the order of the names: the same ticket is always the same text.
        func write(to writer: inout JSONWriter) {
            writer.object { writer in
                for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                    writer.name(name)
                    value.write(to: &writer)
                }
            }
        }
    }
}
