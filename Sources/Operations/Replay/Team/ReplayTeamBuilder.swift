/// Makes the desk that a log speaks of: groups, the skill of each group, agents, one queue for all, hours and targets.
struct ReplayTeamBuilder: Sendable {
    /// No agent is ever full: the log does not say how much anybody could take.
    static let capacity = 10_000
    static let level = 3
    private static let membersPerCommand = 500

    let directory: ReplayDirectory
    let log: IncidentLog
    let targets: ReplayTargets

    private var client: ReplayClient { directory.client }

    func build() async throws -> ReplaySetting {
        var setting = ReplaySetting()
        for (group, ids) in try await BoundedTasks.map(
            log.groups,
            limit: ReplayClient.maximumConnections,
            { try await (group: $0, ids: ensureGroup($0)) }
        ) {
            setting.groupIDs[group] = ids.group
            setting.skillIDs[group] = ids.skill
        }
        let skills = setting.skillIDs
        let agents = log.groupsByAgent.sorted { $0.key < $1.key }
        let ids = try await BoundedTasks.map(agents, limit: ReplayClient.maximumConnections) { agent, groups in
            try await ensureAgent(agent, skills: groups.compactMap { skills[$0] }.sorted())
        }
        setting.agentIDs = ids
        let idsByAgent = Dictionary(uniqueKeysWithValues: zip(agents.map(\.key), ids))
        for group in log.groups {
            guard let id = setting.groupIDs[group] else { continue }
            try await addMembers(
                agents.filter { $0.value.contains(group) }.compactMap { idsByAgent[$0.key] },
                to: "/v1/groups/\(id)/members"
            )
        }
        try await ensureQueue(members: ids)
        try await ensurePolicy()
        return setting
    }

    /// What is there already of the things that the log names; makes nothing.
    func find() async throws -> ReplaySetting {
        var setting = ReplaySetting()
        let found = try await BoundedTasks.map(log.groups, limit: ReplayClient.maximumConnections) { group in
            (
                name: group,
                group: try await directory.find(NamedThing.self, "groups", ("name", group)),
                skill: try await directory.find(NamedThing.self, "skills", ("key", ReplayNames.skillKey(ofGroup: group)))
            )
        }
        for entry in found {
            setting.groupIDs[entry.name] = entry.group?.id
            setting.skillIDs[entry.name] = entry.skill?.id
        }
        return setting
    }

    private struct Named: Encodable, Sendable {
        let name: String
    }

    private func ensureGroup(_ group: String) async throws -> (group: String, skill: String) {
        struct Skill: Encodable, Sendable {
            let key: String
            let name: String
        }
        let key = ReplayNames.skillKey(ofGroup: group)
        let id = try await directory.ensure("groups", ("name", group), Named(name: group)).id
        return (id, try await directory.ensure("skills", ("key", key), Skill(key: key, name: group)).id)
    }

    private func ensureAgent(_ agent: String, skills: [String]) async throws -> String {
        struct Change: Encodable, Sendable {
            var capacity = ReplayTeamBuilder.capacity
            let skills: [SkillAtLevel]
        }
        struct New: Encodable, Sendable {
            let name: String
            let email: String
            var capacity = ReplayTeamBuilder.capacity
            /// A replayed year passes in seconds: nobody has time to warm up.
            var ramp_up_seconds = 0
            let skills: [SkillAtLevel]
        }
        let email = ReplayNames.email(ofAgent: agent)
        let levels = skills.map { SkillAtLevel(skill_id: $0, level: ReplayTeamBuilder.level) }
        let (id, isNew) = try await directory.ensure("agents", ("email", email), New(name: agent, email: email, skills: levels))
        if !isNew {
            // Another log may have taught him other skills: they stay.
            let before = try await client.send(.get("/v1/agents/\(id)"), as: AgentThing.self).skills
            let known = Set(before.map(\.skill_id))
            let change = Change(skills: before + levels.filter { !known.contains($0.skill_id) })
            try await client.send(.patch("/v1/agents/\(id)", change, key: "\(directory.run)-agent-\(id)"))
        }
        try await ReplayPresence(client: client, agents: [id]).announce()
        return id
    }

    private func ensureQueue(members: [String]) async throws {
        struct Queue: Encodable, Sendable {
            var name = ReplayNames.queue
            var mode = "balanced"
            var `default` = true
        }
        struct Change: Encodable, Sendable {
            var `default` = true
            var active = true
        }
        let (id, isNew) = try await directory.ensure("queues", ("name", ReplayNames.queue), Queue())
        if !isNew { try await client.send(.patch("/v1/queues/\(id)", Change(), key: "\(directory.run)-queue")) }
        try await addMembers(members, to: "/v1/queues/\(id)/members")
    }

    private func addMembers(_ agents: [String], to path: String) async throws {
        struct Members: Encodable, Sendable {
            struct Member: Encodable, Sendable {
                let agent_id: String
            }

            let members: [Member]
        }
        for start in stride(from: 0, to: agents.count, by: Self.membersPerCommand) {
            let part = agents[start..<min(start + Self.membersPerCommand, agents.count)]
            try await client.send(.post(path, Members(members: part.map { Members.Member(agent_id: $0) })))
        }
    }

    /// Round the clock: the log's own hours are not known, and a replay may run at any hour.
    private func ensurePolicy() async throws {
        struct Calendar: Encodable, Sendable {
            var name = ReplayNames.calendar
            var tz = "UTC"
            var always_open = true
        }
        let calendar = try await directory.ensure("calendars", ("name", ReplayNames.calendar), Calendar()).id
        let policy = targets.policy(calendar: calendar)
        let (id, isNew) = try await directory.ensure("sla-policies", ("name", ReplayNames.policy), policy)
        guard !isNew else { return }
        try await client.send(.put("/v1/sla-policies/\(id)", policy, key: "\(directory.run)-policy", matchesAnyVersion: true))
    }
}
