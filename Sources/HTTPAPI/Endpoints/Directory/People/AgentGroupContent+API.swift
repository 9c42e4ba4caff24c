import Domain

extension AgentGroupContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Group",
        plural: "Groups",
        phrase: "a group",
        path: "groups",
        parameter: "group_id",
        read: .routingRead,
        write: .routingWrite
    )

    static let properties = [
        JSONProperty("name", .string, "The name."),
        JSONProperty("head_agent_id", .id.nullable, "Who is called when an escalation names the group's head."),
    ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("head_agent_id", headAgentID)
    }
}

enum GroupFields {
    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let head = RequestField("head_agent_id", .id(Entity.Agent.self), "Who is called when an escalation names the group's head.")
}

struct CreateGroup: NewContent {
    static let schema = JSONSchema.object("CreateGroup", [GroupFields.name.required, GroupFields.head.optional], isClosed: true)

    let content: AgentGroupContent

    init?(from reader: inout ObjectReader) {
        let name = reader.required(GroupFields.name)
        let head = reader.optional(GroupFields.head)
        guard let name else { return nil }
        content = AgentGroupContent(name: name, headAgentID: head)
    }
}

struct PatchGroup: ContentChange {
    static let schema = JSONSchema.object("PatchGroup", [GroupFields.name.optional, GroupFields.head.clearable], isClosed: true)

    let name: String?
    let head: Patch<AgentID>

    init?(from reader: inout ObjectReader) {
        name = reader.optional(GroupFields.name)
        head = reader.patch(GroupFields.head)
    }

    func applied(to before: AgentGroupContent) -> AgentGroupContent {
        AgentGroupContent(name: name ?? before.name, headAgentID: head.applied(to: before.headAgentID))
    }
}
