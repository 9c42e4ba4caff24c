import Domain
import HTTPTypes
import UseCases

/// Who serves queues and who belongs to groups. Adding and removing may be repeated: what is so already stays so.
enum MemberEndpoints {
    static let listQueue = Endpoint<DirectoryPath<QueueContent>, PageQuery, NoBody, Page<QueueMemberResource>>(
        "listQueueMembers",
        .get,
        "/v1/queues/{queue_id}/members",
        tag: "queues",
        summary: "Lists who serves a queue",
        scope: .routingRead,
        problems: [.unavailable]
    )
    static let addQueue = Endpoint<DirectoryPath<QueueContent>, NoQuery, AddQueueMembers, NoContent>(
        "addQueueMembers",
        .post,
        "/v1/queues/{queue_id}/members",
        tag: "queues",
        summary: "Lets agents serve a queue, or moves them to another tier",
        scope: .routingWrite,
        statuses: [.noContent],
        problems: [.unavailable]
    )
    static let removeQueue = Endpoint<MemberPath<QueueContent>, NoQuery, NoBody, NoContent>(
        "removeQueueMember",
        .delete,
        "/v1/queues/{queue_id}/members/{agent_id}",
        tag: "queues",
        summary: "Lets an agent serve a queue no longer",
        description: "The tickets that the agent has stay his.",
        scope: .routingWrite,
        statuses: [.noContent],
        problems: [.unavailable]
    )
    static let listGroup = Endpoint<DirectoryPath<AgentGroupContent>, PageQuery, NoBody, Page<GroupMemberResource>>(
        "listGroupMembers",
        .get,
        "/v1/groups/{group_id}/members",
        tag: "groups",
        summary: "Lists the agents of a group",
        scope: .routingRead,
        problems: [.unavailable]
    )
    static let addGroup = Endpoint<DirectoryPath<AgentGroupContent>, NoQuery, AddGroupMembers, NoContent>(
        "addGroupMembers",
        .post,
        "/v1/groups/{group_id}/members",
        tag: "groups",
        summary: "Adds agents to a group",
        scope: .routingWrite,
        statuses: [.noContent],
        problems: [.unavailable]
    )
    static let removeGroup = Endpoint<MemberPath<AgentGroupContent>, NoQuery, NoBody, NoContent>(
        "removeGroupMember",
        .delete,
        "/v1/groups/{group_id}/members/{agent_id}",
        tag: "groups",
        summary: "Takes an agent out of a group",
        scope: .routingWrite,
        statuses: [.noContent],
        problems: [.unavailable]
    )

    static let operations = [
        listQueue.operation, addQueue.operation, removeQueue.operation, listGroup.operation, addGroup.operation, removeGroup.operation,
    ]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let (commands, queries) = (environment.directory, environment.directoryQueries)
        routes.add(listQueue) { call in
            try await call.page(id: \.agentID, item: { QueueMemberResource(member: $0) }) { after, limit in
                try await queries.queueMembers(of: call.path.id, in: call.principal.tenantID, after: after, limit: limit)
            }
        }
        routes.add(addQueue) { call in
            try await commands.putQueueMembers(call.body.members, of: call.path.id, in: call.principal.tenantID)
            return .noContent
        }
        routes.add(removeQueue) { call in
            try await commands.removeQueueMembers([call.path.agent], of: call.path.id, in: call.principal.tenantID)
            return .noContent
        }
        routes.add(listGroup) { call in
            try await call.page(id: \.self, item: { GroupMemberResource(agent: $0) }) { after, limit in
                try await queries.groupMembers(of: call.path.id, in: call.principal.tenantID, after: after, limit: limit)
            }
        }
        routes.add(addGroup) { call in
            try await commands.addGroupMembers(call.body.members, of: call.path.id, in: call.principal.tenantID)
            return .noContent
        }
        routes.add(removeGroup) { call in
            try await commands.removeGroupMembers([call.path.agent], of: call.path.id, in: call.principal.tenantID)
            return .noContent
        }
    }
}
