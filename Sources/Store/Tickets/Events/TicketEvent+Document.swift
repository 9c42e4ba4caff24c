import Domain

/// The payloads that are written with every ticket and every firing, without `Codable`; the rest has its `Codable` form, and all are read by it.
extension TicketEvent.TimerFired: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("metric", metric)
            object.member("instance", instance)
            object.member("threshold", threshold)
            object.member("targetVersion", targetVersion)
            object.member("scheduledFor", scheduledFor)
            object.member("isSuppressed", isSuppressed)
            object.member("cause", cause)
        }
    }
}

extension TicketEvent.PolicyChanged: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("policy", policy)
            object.member("calendar", calendar)
            object.member("calendarSource", calendarSource)
            object.member("keepsRules", keepsRules)
            object.member("followsEdits", followsEdits)
            object.member("since", since)
        }
    }
}

extension TicketEvent.Created: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("number", number)
            object.member("content", content)
            object.member("state", state)
            object.member("occurredAt", occurredAt)
            object.member("policy", policy)
            object.member("calendar", calendar)
            object.member("calendarSource", calendarSource)
            object.member("intake", intake)
            object.member("origin", origin)
            object.member("isThroughVIPKey", isThroughVIPKey)
        }
    }
}

extension TicketContent: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("subject", subject)
            object.member("description", description)
            object.member("type", type)
            object.member("channel", channel)
            object.member("category", category)
            object.member("location", location)
            object.member("serviceArea", serviceArea)
            object.member("place", place)
            object.member("siteID", siteID)
            object.member("language", language)
            object.member("externalReference", externalReference)
            object.member("requesterID", requesterID)
            object.member("requesterVIP", isRequesterVIP ? true : nil)
            object.member("organizationID", organizationID)
            object.member("priority", priority)
            object.member("impact", impact)
            object.member("urgency", urgency)
            object.member("queueID", queueID)
            object.member("groupID", groupID)
            object.member("weight", weight)
            object.member("skills", skills)
            object.member("preferredAgentID", preferredAgentID)
            object.member("fields", CustomFields(values: fields))
        }
    }
}

extension GeoPoint: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("latitude", latitudeMicrodegrees)
            object.member("longitude", longitudeMicrodegrees)
        }
    }
}

extension TicketOrigin: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("kind", kind)
            object.member("ticketID", ticketID)
            object.member("number", number)
            object.member("messages", messages)
        }
    }
}

extension TicketOrigin.Message: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("id", id)
            object.member("isPublic", isPublic)
            object.member("author", author)
            object.member("at", at)
        }
    }
}

extension IntakeRecord: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("path", path)
            object.member("rules", rules)
        }
    }
}

extension IntakeRecord.Stop: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("queue_id", queueID)
            object.member("cause", cause)
        }
    }
}

extension IntakeRecord.Winner: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("queue_id", queueID)
            object.member("position", position)
            object.member("name", name)
        }
    }
}

private struct CustomFields: DocumentWritable {
    let values: [String: CustomFieldValue]

    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            for (name, value) in values { object.member(named: name, value) }
        }
    }
}

extension CustomFieldValue: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        switch self {
        case .text(let text): writer.text(text)
        case .integer(let integer): writer.number(integer)
        case .number(let number): writer.number(number)
        case .flag(let flag): writer.flag(flag)
        }
    }
}

extension SkillRequirements: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("required", required)
            object.member("optional", optional)
        }
    }
}

extension SkillLevel: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("skill", skill)
            object.member("level", level)
        }
    }
}

extension OptionalSkill: DocumentWritable {
    func write(to writer: inout DocumentWriter) {
        writer.object { object in
            object.member("skill", skill)
            object.member("drop_rank", dropRank)
        }
    }
}

extension Channel: DocumentWritable {}
extension SLACalendarChoice.Source: DocumentWritable {}
extension IntakeRecord.Cause: DocumentWritable {}
extension ImpactLevel: DocumentWritable {}
extension TicketMessage.Author.Kind: DocumentWritable {}
extension TicketOrigin.Kind: DocumentWritable {}
extension TicketState: DocumentWritable {}
