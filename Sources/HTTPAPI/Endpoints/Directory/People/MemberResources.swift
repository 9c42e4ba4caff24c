import Domain
import UseCases

/// An agent who serves a queue.
struct QueueMemberResource: ResponseObject {
    let member: QueueMember

    static let schema = JSONSchema.object(
        "QueueMember",
        [JSONProperty("agent_id", .id, "Who."), JSONProperty("tier", .integer(in: 0...9), "0 is asked first.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", member.agentID)
            writer.field("tier", member.tier)
        }
    }
}

/// An agent of a group.
struct GroupMemberResource: ResponseObject {
    let agent: AgentID

    static let schema = JSONSchema.object("GroupMember", [JSONProperty("agent_id", .id, "Who.")])

    func write(to writer: inout JSONWriter) {
        writer.object { $0.field("agent_id", agent) }
    }
}

/// `{"members": [{"agent_id", "tier"}]}`
struct AddQueueMembers: RequestObject {
    struct Member: RequestObject {
        static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who.")
        static let tier = RequestField("tier", .integer(QueueContent.tierRange), "0 is asked first, and meant unless told.")
        static let schema = JSONSchema.object("NewQueueMember", [agent.required, tier.optional], isClosed: true)

        let member: QueueMember

        init?(from reader: inout ObjectReader) {
            let agent = reader.required(Self.agent)
            let tier = reader.optional(Self.tier) ?? 0
            guard let agent else { return nil }
            member = QueueMember(agentID: agent, tier: tier)
        }
    }

    static let members = RequestField("members", .array(of: JSONType<Member>.object, 1...DirectoryCommands.maximumMembersPerCommand), "The agents.")
    static let schema = JSONSchema.object("AddQueueMembers", [members.required], isClosed: true)

    let members: [QueueMember]

    init?(from reader: inout ObjectReader) {
        guard let members = reader.required(Self.members) else { return nil }
        self.members = members.map(\.member)
    }
}

/// `{"members": [{"agent_id"}]}`
struct AddGroupMembers: RequestObject {
    struct Member: RequestObject {
        static let agent = RequestField("agent_id", .id(Entity.Agent.self), "Who.")
        static let schema = JSONSchema.object("NewGroupMember", [agent.required], isClosed: true)

        let agent: AgentID

        init?(from reader: inout ObjectReader) {
            guard let agent = reader.required(Self.agent) else { return nil }
            self.agent = agent
        }
    }

    static let members = RequestField("members", .array(of: JSONType<Member>.object, 1...DirectoryCommands.maximumMembersPerCommand), "The agents.")
    static let schema = JSONSchema.object("AddGroupMembers", [members.required], isClosed: true)

    let members: [AgentID]

    init?(from reader: inout ObjectReader) {
        guard let members = reader.required(Self.members) else { return nil }
        self.members = members.map(\.agent)
    }
}

/// `/v1/queues/{queue_id}/members/{agent_id}`
struct MemberPath<Content: DirectoryContent>: PathParameters {
    static var parameters: [ParameterDescription] { [DirectoryPath<Content>.field.parameter, DirectoryPath<AgentContent>.field.parameter] }
    let id: ID<Content.Kind>
    let agent: AgentID

    init(from reader: PathReader) throws(Problem) {
        id = try reader.value(DirectoryPath<Content>.field)
        agent = try reader.value(DirectoryPath<AgentContent>.field)
    }
}
