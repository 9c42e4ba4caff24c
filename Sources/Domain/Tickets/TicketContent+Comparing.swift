extension TicketContent {
    /// The API names of the fields in which `other` differs, in a fixed order.
    public func names(ofFieldsThatDifferFrom other: TicketContent) -> [String] {
        var names: [String] = []
        func note(_ name: String, _ same: Bool) {
            if !same { names.append(name) }
        }
        note("subject", subject == other.subject)
        note("description", description == other.description)
        note("type", type == other.type)
        note("channel", channel == other.channel)
        note("category", category == other.category)
        note("location", location == other.location)
        note("service_area", serviceArea == other.serviceArea)
        note("latitude", place?.latitudeMicrodegrees == other.place?.latitudeMicrodegrees)
        note("longitude", place?.longitudeMicrodegrees == other.place?.longitudeMicrodegrees)
        note("site_id", siteID == other.siteID)
        note("language", language == other.language)
        note("external_ref", externalReference == other.externalReference)
        note("requester_id", requesterID == other.requesterID)
        note("requester_vip", isRequesterVIP == other.isRequesterVIP)
        note("organization_id", organizationID == other.organizationID)
        note("priority", priority == other.priority)
        note("impact", impact == other.impact)
        note("urgency", urgency == other.urgency)
        note("queue_id", queueID == other.queueID)
        note("group_id", groupID == other.groupID)
        note("weight", weight == other.weight)
        note("required_skills", skills.required == other.skills.required)
        note("optional_skills", skills.optional == other.skills.optional)
        note("preferred_agent_id", preferredAgentID == other.preferredAgentID)
        note("fields", fields == other.fields)
        return names
    }
}
