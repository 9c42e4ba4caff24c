import Domain
import HTTPTypes
import UseCases

/// `{"status", "lease_seconds"}`
struct PutPresence: RequestObject {
    static let status = RequestField("status", JSONType<RoutingPresence>.code, "Whether the agent takes work.")
    static let lease = RequestField(
        "lease_seconds",
        .integer(DirectoryCommands.leaseRange),
        "For how long it holds unless repeated; \(DirectoryCommands.defaultLease) unless told."
    )
    static let channelsOff = RequestField(
        "channels_off",
        .array(of: JSONType<Channel>.code, 0...Channel.allCases.count),
        "The channels whose work the agent does not take now; none unless told."
    )
    static let back = RequestField("back", .boolean, "Ends a break that the agent was put on because he let offers pass.")
    static let schema = JSONSchema.object("PutPresence", [status.required, lease.optional, channelsOff.optional, back.optional], isClosed: true)

    let status: RoutingPresence
    let lease: Int
    let channelsOff: Set<Channel>
    let isBack: Bool

    init?(from reader: inout ObjectReader) {
        let status = reader.required(Self.status)
        lease = reader.optional(Self.lease) ?? DirectoryCommands.defaultLease
        isBack = reader.optional(Self.back) ?? false
        channelsOff = Set(reader.optional(Self.channelsOff) ?? [])
        guard let status else { return nil }
        self.status = status
    }
}

/// What agents do right now, and where they belong.
enum PresenceEndpoints {
    typealias AgentPath = DirectoryPath<AgentContent>

    static let put = Endpoint<AgentPath, NoQuery, PutPresence, PresenceResource>(
        "putAgentPresence",
        .put,
        "/v1/agents/{agent_id}/presence",
        tag: "agents",
        summary: "Says whether an agent is there",
        description: "To be repeated well within the lease: without it the agent counts as offline.",
        scope: .agentsWrite,
        problems: [.unavailable]
    )
    static let workload = Endpoint<AgentPath, NoQuery, NoBody, WorkloadResource>(
        "getAgentWorkload",
        .get,
        "/v1/agents/{agent_id}/workload",
        tag: "agents",
        summary: "Shows what an agent does right now",
        scope: .agentsRead,
        problems: [.unavailable]
    )
    static let memberships = Endpoint<AgentPath, NoQuery, NoBody, MembershipsResource>(
        "getAgentMemberships",
        .get,
        "/v1/agents/{agent_id}/memberships",
        tag: "agents",
        summary: "Shows the groups and queues of an agent",
        scope: .agentsRead,
        problems: [.unavailable]
    )

    static let operations = [put.operation, workload.operation, memberships.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let queries = environment.directoryQueries
        routes.add(put) { call in
            let presence = try await environment.directory.heartbeat(
                of: call.path.id,
                status: call.body.status,
                channelsOff: call.body.channelsOff,
                isBack: call.body.isBack,
                lease: call.body.lease,
                in: call.principal.tenantID
            )
            return .ok(PresenceResource(presence: presence))
        }
        routes.add(workload) { call in
            guard let workload = try await queries.workloads(of: [call.path.id], in: call.principal.tenantID).first else { throw Problem.notFound }
            return .ok(WorkloadResource(workload: workload))
        }
        routes.add(memberships) { call in
            .ok(MembershipsResource(memberships: try await queries.memberships(of: call.path.id, in: call.principal.tenantID)))
        }
    }
}
