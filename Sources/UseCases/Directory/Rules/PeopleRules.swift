import Domain
import Store

extension RequesterContent: DirectoryContent {
    static var noun: String { "requester" }
    static var maximumCount: Int? { nil }
    static var isConfiguration: Bool { false }

    func problems(in situation: DirectorySituation<RequesterContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        checks.email(email)
        if let language, LanguageTag.canonical(language) == nil { checks.add("/language", code: .invalidFormat, "needs a BCP 47 language tag") }
        return checks.problems
    }

    /// Edits set address and language as they like; they are kept in one form.
    func settled(in situation: DirectorySituation<RequesterContent>) -> RequesterContent {
        RequesterContent(
            name: name,
            email: email,
            isVIP: isVIP,
            language: language.map { LanguageTag.canonical($0) ?? $0 },
            organizationID: organizationID
        )
    }

    func addReferences(to check: inout ReferenceCheck) { check.add(organizationID, at: "/organization_id") }

    /// The tickets of somebody who moves go with him. A re-evaluation that is under way takes them along: many who move one after the other would otherwise
    /// begin it again and again, and no edit of a promise would ever reach the last tickets. Where he has none that live, nobody is kept waiting.
    static func reevaluation(
        of change: DirectoryChange<RequesterContent>,
        in transaction: TenantTransaction
    ) async throws -> SLAReevaluation.Cause? {
        guard let before = change.before?.content, before.organizationID != change.after.content.organizationID else { return nil }
        var statements = StatementList()
        // A tenant's re-evaluations are asked for one after the other. Whoever holds this lock waits for no requester.
        statements.add(LockConfiguration(tenant: change.tenant))
        let newest = statements.add(LoadNewestTickets(tenant: change.tenant, requester: change.after.id))
        let tickets = try await transaction.run(statements).rows(newest)
        guard tickets.count < LoadNewestTickets.limit else { return .requester }
        let live = tickets.filter(\.isLive).map(\.id)
        guard !live.isEmpty else { return nil }
        let joined = JoinReevaluation(tenant: change.tenant, tickets: live, partSize: Reevaluations.partSize)
        return try await transaction.first(of: joined) == nil ? .requester : nil
    }
}

extension AgentContent: DirectoryContent {
    static var noun: String { "agent" }
    /// As many as one routing pass holds in memory.
    static var maximumCount: Int? { 10_000 }
    static var isConfiguration: Bool { false }

    func problems(in situation: DirectorySituation<AgentContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        checks.mailbox(email, stored: [situation.before?.content.email].compactMap(\.self))
        if let provider { checks.text(provider, 1...200, at: "/provider") }
        checks.number(capacity, 0...AgentContent.maximumCapacity, at: "/capacity")
        for (channel, units) in workRules.channelCapacities {
            checks.number(units, 0...AgentContent.maximumCapacity, at: "/channel_capacities/\(channel.rawValue)")
        }
        checks.number(workRules.rampUpSeconds, WorkRules.secondsRange, at: "/ramp_up_seconds")
        checks.number(workRules.wrapUpSeconds, WorkRules.secondsRange, at: "/wrap_up_seconds")
        if let limit = workRules.rateLimit {
            checks.number(limit.assignments, WorkRules.RateLimit.assignmentsRange, at: "/rate_limit/assignments")
            checks.number(limit.minutes, WorkRules.RateLimit.minutesRange, at: "/rate_limit/minutes")
        }
        if skills.count > AgentContent.maximumSkills {
            checks.add("/skills", code: .limitReached, "an agent has at most \(AgentContent.maximumSkills) skills")
        }
        if Set(skills.map(\.skill)).count < skills.count { checks.add("/skills", code: .duplicate, "a skill is listed twice") }
        if serviceAreas.count > AgentContent.maximumServiceAreas {
            checks.add("/service_areas", code: .limitReached, "an agent has at most \(AgentContent.maximumServiceAreas) service areas")
        }
        for (index, area) in serviceAreas.prefix(AgentContent.maximumServiceAreas).enumerated() {
            checks.text(area, AgentContent.serviceAreaLength, at: "/service_areas/\(index)")
            if serviceAreas[..<index].contains(area) { checks.add("/service_areas/\(index)", code: .duplicate, "the area is listed twice") }
        }
        return checks.problems
    }

    func settled(in situation: DirectorySituation<AgentContent>) -> AgentContent {
        AgentContent(
            name: name,
            email: email,
            isActive: isActive,
            calendarID: calendarID,
            capacity: capacity,
            workRules: workRules,
            skills: skills,
            provider: provider,
            serviceAreas: serviceAreas,
            place: place,
            managerID: managerID
        )
    }

    func addReferences(to check: inout ReferenceCheck) {
        check.add(calendarID, at: "/calendar_id")
        check.add(managerID, at: "/manager_id")
        // Skills are kept in the order of their ids, not in the caller's: the pointer names the skill, not a place.
        for skill in skills.prefix(AgentContent.maximumSkills) { check.add(skill.skill, at: "/skills/\(skill.skill)/skill_id") }
    }

    /// Nobody is above himself; a new agent cannot be, because he is nobody's manager yet.
    func linkProblems(of id: AgentID?, tenant: TenantID, transaction: TenantTransaction) async throws -> [FieldProblem] {
        guard let id, let managerID else { return [] }
        guard try await transaction.first(of: FindManagerCircle(tenant: tenant, agent: id, manager: managerID)) == true else { return [] }
        return [FieldProblem("/manager_id", code: .conflict, detail: "the agent would be above himself")]
    }

    static func write(_ change: DirectoryChange<AgentContent>, to statements: inout StatementList) {
        change.addRow(to: &statements)
        let agent = change.after
        // Before the load: commands on tickets lock presences first, too.
        if change.before?.content.isActive == true, !agent.content.isActive {
            statements.add(EndPresenceOfLeaver(tenant: change.tenant, agent: agent.id, time: agent.updatedAt))
        }
        if change.before?.content.capacity != agent.content.capacity || change.before?.content.workRules != agent.content.workRules {
            statements.add(
                PutAgentCapacity(
                    tenant: change.tenant,
                    agent: agent.id,
                    capacity: agent.content.capacity,
                    rules: agent.content.workRules
                )
            )
        }
        if change.before?.content.skills ?? [] != agent.content.skills {
            statements.add(ReplaceAgentSkills(tenant: change.tenant, agent: agent.id, skills: agent.content.skills))
        }
    }

    /// A new agent serves no queue yet; of the others, whoever came back, got more room, other skills or other hours may take what waits. What only he could take,
    /// and is too heavy for him now, may go to others.
    static func signal(of change: DirectoryChange<AgentContent>) -> RoutingSignal {
        guard let before = change.before?.content, change.after.content.isActive else { return .none }
        let after = change.after.content
        let mayTakeOthers =
            !before.isActive || after.capacity != before.capacity || after.workRules != before.workRules || after.skills != before.skills
            || after.calendarID != before.calendarID || after.serviceAreas != before.serviceAreas
        return mayTakeOthers ? .agent(change.after.id) : .none
    }
}
