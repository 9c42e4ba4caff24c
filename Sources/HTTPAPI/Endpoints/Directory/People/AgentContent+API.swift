import Domain

extension AgentContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Agent",
        plural: "Agents",
        phrase: "an agent",
        path: "agents",
        parameter: "agent_id",
        read: .agentsRead,
        write: .agentsWrite
    )

    static let properties =
        [
            JSONProperty("name", .string, "The name."),
            JSONProperty("email", .string, "The address, in lower case."),
            JSONProperty("active", .boolean, "Whether the agent gets work."),
            JSONProperty("external", .boolean, "Whether the agent works for a provider, and sees only tickets that are or were his."),
            JSONProperty("provider", .string.nullable, "The provider's name."),
            JSONProperty("calendar_id", .id.nullable, "Whose hours are the shifts; null: always on shift."),
            JSONProperty("manager_id", .id.nullable, "Whom the escalation target manager calls for the agent's tickets."),
            JSONProperty("capacity", .integer(in: 0...Int64(maximumCapacity)), "Units of work that routing may give."),
            JSONProperty("skills", .array(of: SkillLevelObject.schema), "In the order of the skills' ids."),
            JSONProperty("service_areas", .array(of: .string), "The territories that the agent serves; none: everywhere."),
        ] + PlaceFields.properties + WorkRulesFields.properties

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("email", email)
        writer.field("active", isActive)
        writer.field("external", provider != nil)
        writer.field("provider", provider)
        writer.field("calendar_id", calendarID)
        writer.field("manager_id", managerID)
        writer.field("capacity", capacity)
        writer.field("skills", skills)
        writer.field("service_areas", serviceAreas)
        PlaceFields.write(place, to: &writer)
        workRules.writeFields(to: &writer)
    }
}

enum AgentFields {
    static let name = RequestField("name", .text(1...200), "The name.")
    static let email = RequestField("email", .text(3...254), "The address; unique in the tenant.")
    static let active = RequestField("active", .boolean, "Whether the agent gets work.")
    static let provider = RequestField("provider", .text(1...200), "The company the agent works for, where that is another one.")
    static let calendar = RequestField("calendar_id", .id(Entity.Calendar.self), "Whose hours are the shifts; without one always on shift.")
    static let manager = RequestField("manager_id", .id(Entity.Agent.self), "Whom the escalation target manager calls for the agent's tickets.")
    static let capacity = RequestField("capacity", .integer(0...AgentContent.maximumCapacity), "Units of work that routing may give; 5 unless told.")
    static let skills = RequestField(
        "skills",
        .array(of: JSONType<SkillLevelObject>.object, 0...AgentContent.maximumSkills).distinct("The skill is listed twice.") { $0.value.skill },
        "All skills."
    )
    static let serviceAreas = RequestField(
        "service_areas",
        .array(of: .text(AgentContent.serviceAreaLength), 0...AgentContent.maximumServiceAreas),
        "The territories that the agent serves; none: everywhere."
    )
}

struct CreateAgent: NewContent {
    static let schema = JSONSchema.object(
        "CreateAgent",
        [
            AgentFields.name.required, AgentFields.email.required, AgentFields.active.optional, AgentFields.provider.optional,
            AgentFields.calendar.optional, AgentFields.manager.optional,
            AgentFields.capacity.optional, AgentFields.skills.optional, WorkRulesFields.channels.optional, WorkRulesFields.rampUp.optional,
            WorkRulesFields.wrapUp.optional, WorkRulesFields.rateLimit.optional, AgentFields.serviceAreas.optional,
            PlaceFields.latitude.optional, PlaceFields.longitude.optional,
        ],
        isClosed: true
    )

    let content: AgentContent
    let sentLists: [SentList]

    init?(from reader: inout ObjectReader) {
        let name = reader.required(AgentFields.name)
        let email = reader.required(AgentFields.email)
        let isActive = reader.optional(AgentFields.active) ?? true
        let provider = reader.optional(AgentFields.provider)
        let calendar = reader.optional(AgentFields.calendar)
        let manager = reader.optional(AgentFields.manager)
        let capacity = reader.optional(AgentFields.capacity) ?? 5
        let skills = reader.optional(AgentFields.skills) ?? []
        let serviceAreas = reader.optional(AgentFields.serviceAreas) ?? []
        let place = PlaceFields.place(from: &reader)
        let rules = WorkRulesFields.rules(
            channels: WorkRulesFields.channels(from: &reader),
            rampUp: reader.optional(WorkRulesFields.rampUp),
            wrapUp: reader.optional(WorkRulesFields.wrapUp),
            rateLimit: reader.optional(WorkRulesFields.rateLimit).map { .set($0) } ?? .keep,
            before: nil
        )
        guard let name, let email else { return nil }
        sentLists = [SentList("/skills", skills.map(\.value.skill))]
        content = AgentContent(
            name: name,
            email: email,
            isActive: isActive,
            calendarID: calendar,
            capacity: capacity,
            workRules: rules,
            skills: skills.map(\.value),
            provider: provider,
            serviceAreas: serviceAreas,
            place: place,
            managerID: manager
        )
    }
}

struct PatchAgent: ContentChange {
    static let schema = JSONSchema.object(
        "PatchAgent",
        [
            AgentFields.name.optional, AgentFields.email.optional, AgentFields.active.optional, AgentFields.provider.clearable,
            AgentFields.calendar.clearable, AgentFields.manager.clearable,
            AgentFields.capacity.optional, AgentFields.skills.optional, WorkRulesFields.channels.optional, WorkRulesFields.rampUp.optional,
            WorkRulesFields.wrapUp.optional, WorkRulesFields.rateLimit.clearable, AgentFields.serviceAreas.optional,
            PlaceFields.latitude.clearable, PlaceFields.longitude.clearable,
        ],
        isClosed: true
    )

    let name: String?
    let email: String?
    let isActive: Bool?
    let provider: Patch<String>
    let calendar: Patch<CalendarID>
    let manager: Patch<AgentID>
    let capacity: Int?
    let skills: [SkillLevelObject]?
    var sentLists: [SentList] { [SentList("/skills", (skills ?? []).map(\.value.skill))] }
    let serviceAreas: [String]?
    let place: Patch<GeoPoint>
    let channels: [ChannelCapacityObject]?
    let rampUp: Int?
    let wrapUp: Int?
    let rateLimit: Patch<RateLimitObject>

    init?(from reader: inout ObjectReader) {
        name = reader.optional(AgentFields.name)
        email = reader.optional(AgentFields.email)
        isActive = reader.optional(AgentFields.active)
        provider = reader.patch(AgentFields.provider)
        calendar = reader.patch(AgentFields.calendar)
        manager = reader.patch(AgentFields.manager)
        capacity = reader.optional(AgentFields.capacity)
        skills = reader.optional(AgentFields.skills)
        serviceAreas = reader.optional(AgentFields.serviceAreas)
        place = PlaceFields.patch(from: &reader)
        channels = WorkRulesFields.channels(from: &reader)
        rampUp = reader.optional(WorkRulesFields.rampUp)
        wrapUp = reader.optional(WorkRulesFields.wrapUp)
        rateLimit = reader.patch(WorkRulesFields.rateLimit)
    }

    func applied(to before: AgentContent) -> AgentContent {
        AgentContent(
            name: name ?? before.name,
            email: email ?? before.email,
            isActive: isActive ?? before.isActive,
            calendarID: calendar.applied(to: before.calendarID),
            capacity: capacity ?? before.capacity,
            workRules: WorkRulesFields.rules(channels: channels, rampUp: rampUp, wrapUp: wrapUp, rateLimit: rateLimit, before: before.workRules),
            skills: skills?.map(\.value) ?? before.skills,
            provider: provider.applied(to: before.provider),
            serviceAreas: serviceAreas ?? before.serviceAreas,
            place: place.applied(to: before.place),
            managerID: manager.applied(to: before.managerID)
        )
    }
}
