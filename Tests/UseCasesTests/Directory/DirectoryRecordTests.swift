import Domain
import Store
import TestSupport
import Testing
import UseCases

/// What is the same for every kind of thing in the directory.
@Suite struct DirectoryRecordTests {
    private typealias Edit<Content> = @Sendable (Content) throws -> Content

    /// Creates, reads, lists, edits, and meets an old version.
    private func exercise<Content: StoredContent>(
        _ desk: DirectoryDesk,
        _ content: Content,
        edited: Content,
        create: @Sendable (Content) async throws -> WriteOutcome<Versioned<Content>>,
        update: @Sendable (ID<Content.Kind>, ExpectedVersions?, @escaping Edit<Content>) async throws -> WriteOutcome<Versioned<Content>>
    ) async throws {
        let first = try await create(content).done()
        #expect(first.version == 1)
        #expect(try await desk.queries.load(first.id, as: Content.self, in: desk.id) == first)
        #expect(try await desk.queries.list(Content.self, in: desk.id, limit: 200).contains(first))
        let same = try await update(first.id, 1) { $0 }.done()
        #expect(same == first, "an edit that changes nothing makes no version")
        let second = try await update(first.id, 1) { _ in edited }.done()
        #expect(second.version == 2)
        #expect(second.content != first.content)
        #expect(try await desk.queries.load(first.id, as: Content.self, in: desk.id) == second)
        let stale = try await refusal { _ = try await update(first.id, 1) { _ in content } }
        guard case .versionMismatch(let current) = stale else {
            Issue.record("an old version was accepted: \(String(describing: stale))")
            return
        }
        #expect(current == 2)
        let absent = try await refusal { _ = try await update(ID(high: 1, low: 1), nil) { $0 } }
        guard case .notFound = absent else {
            Issue.record("an unknown id was accepted: \(String(describing: absent))")
            return
        }
    }

    @Test("Requesters, agents, groups and skills are kept with a version")
    func people() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            try await exercise(
                desk,
                RequesterContent(name: "Ada", email: "Ada@Example.com"),
                edited: RequesterContent(name: "Ada L.", email: "ada@example.com", isVIP: true, language: "fr-CA")
            ) {
                try await commands.createRequester($0, in: id)
            } update: {
                try await commands.updateRequester($0, in: id, expectedVersion: $1, edit: $2)
            }
            let french = try await desk.tenant.addSkill("fr")
            let german = try await desk.tenant.addSkill("de")
            let skills = [SkillLevel(french, level: 3), SkillLevel(german, level: 5)]
            try await exercise(
                desk,
                AgentContent(name: "Bo", email: "bo@example.com", capacity: 7, skills: skills),
                edited: AgentContent(
                    name: "Bo",
                    email: "bo@example.com",
                    isActive: false,
                    capacity: 2,
                    skills: [SkillLevel(german, level: 4)],
                    serviceAreas: ["south", "north"],
                    place: GeoPoint(latitudeMicrodegrees: 90_000_000, longitudeMicrodegrees: -180_000_000)
                )
            ) {
                try await commands.createAgent($0, in: id)
            } update: {
                try await commands.updateAgent($0, in: id, expectedVersion: $1, edit: $2)
            }
            let head = try await desk.tenant.addAgent()
            try await exercise(desk, AgentGroupContent(name: "Network"), edited: AgentGroupContent(name: "Network", headAgentID: head)) {
                try await commands.createGroup($0, in: id)
            } update: {
                try await commands.updateGroup($0, in: id, expectedVersion: $1, edit: $2)
            }
            try await exercise(desk, SkillContent(key: "vpn", name: "VPN"), edited: SkillContent(key: "vpn", name: "Tunnels")) {
                try await commands.createSkill($0, in: id)
            } update: {
                try await commands.updateSkill($0, in: id, expectedVersion: $1, edit: $2)
            }
        }
    }

    @Test("Queues, calendars, policies and chains are kept with a version, and give the configuration a new one")
    func configuration() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let skill = try await desk.tenant.addSkill("vpn")
            let before = try await desk.configurationVersion()
            let steps = [RelaxationStep(afterSeconds: 300, dropFrom: 3), RelaxationStep(afterSeconds: 900, tier: 1, levelsDown: 2)]
            var edited = QueueContent(name: "Second", mode: .bestSkill, isStrict: true, steps: steps)
            edited.vipBoostMinutes = 30
            edited.sticky = StickyAgents(days: 30, waitSeconds: 600)
            edited.defaultTargetSeconds = 3_600
            edited.offers = QueueOffers(seconds: nil, channelSeconds: [.phone: 30, .trigger: 600], noTaker: .wait)
            edited.intake = QueueIntake(
                position: 7,
                match: [.field("type", .equals, .text("incident"))],
                rules: [
                    IntakeRule(
                        name: "VPN",
                        conditions: [.field("requester_vip", .equals, .flag(true))],
                        keywords: ["vpn"],
                        set: IntakeSetting(
                            queueID: desk.tenant.queue,
                            requiredSkills: [SkillLevel(skill, level: 2)],
                            optionalSkills: [OptionalSkill(skill, dropRank: 3)],
                            priority: .p2
                        )
                    )
                ]
            )
            try await exercise(desk, QueueContent(name: "Second", boostMinutes: -30), edited: edited) {
                try await commands.createQueue($0, in: id)
            } update: {
                try await commands.updateQueue($0, in: id, expectedVersion: $1, edit: $2)
            }
            var policy = SLAPolicyDefinition(name: "Gold", targets: [SLATarget(metric: .firstResponse, seconds: 3_600)])
            let first = SLAPolicyContent(position: 10, definition: policy)
            policy.quality = "best effort"
            try await exercise(desk, first, edited: SLAPolicyContent(position: 5, isActive: false, definition: policy)) {
                try await commands.createSLAPolicy($0, in: id)
            } update: {
                try await commands.updateSLAPolicy($0, in: id, expectedVersion: $1, edit: $2)
            }
            let level = EscalationLevel(targets: [.supervisor, .email("boss@example.com")], timeout: 600)
            try await exercise(
                desk,
                EscalationChainContent(name: "Late", levels: [level]),
                edited: EscalationChainContent(name: "Late", levels: [level, level], repeats: 1, acknowledgementTTL: 60)
            ) {
                try await commands.createEscalationChain($0, in: id)
            } update: {
                try await commands.updateEscalationChain($0, in: id, expectedVersion: $1, edit: $2)
            }
            #expect(
                try await desk.configurationVersion() == before + 6,
                "two writes of each of three kinds, and none for what was refused or unchanged"
            )
            let configuration = try await ConfigurationCache(database: desk.environment.database, zones: OnlyUTC()).configuration(of: id)
            #expect(configuration.queues.count == 2)
            #expect(configuration.queues.values.contains { $0.rules.mode == .bestSkill && $0.rules.schedule.steps.count == 3 })
        }
    }

    @Test("A name, key or address that is taken is told as such")
    func duplicates() async throws {
        try await DirectoryDesk.with { desk in
            let (commands, id) = (desk.commands, desk.id)
            let cases: [(field: String, write: @Sendable () async throws -> Void)] = [
                ("email", { _ = try await commands.createRequester(RequesterContent(name: "A", email: "a@example.com"), in: id) }),
                ("email", { _ = try await commands.createAgent(AgentContent(name: "A", email: "A@example.com"), in: id) }),
                ("name", { _ = try await commands.createGroup(AgentGroupContent(name: "G"), in: id) }),
                ("key", { _ = try await commands.createSkill(SkillContent(key: "k", name: "K"), in: id) }),
                ("name", { _ = try await commands.createQueue(QueueContent(name: "Q"), in: id) }),
            ]
            for (field, write) in cases {
                try await write()
                guard case .duplicate(let found) = try await refusal(write) else {
                    Issue.record("the second \(field) was accepted")
                    continue
                }
                #expect(found == field)
            }
        }
    }

    @Test("Pages follow one another by id, and a name finds its own")
    func lists() async throws {
        try await DirectoryDesk.with { desk in
            for index in 0..<7 {
                _ = try await desk.commands.createSkill(SkillContent(key: "s\(index)", name: "S"), in: desk.id)
            }
            var seen: [Skill] = []
            while true {
                let page = try await desk.queries.list(SkillContent.self, in: desk.id, after: seen.last?.id, limit: 3)
                #expect(page.count <= 3)
                if page.isEmpty { break }
                seen += page
            }
            #expect(Set(seen.map(\.content.key)) == Set((0..<7).map { "s\($0)" }))
            #expect(seen.count == 7)
            #expect(try await desk.queries.list(SkillContent.self, in: desk.id, limit: 10, unique: "s4").map(\.content.key) == ["s4"])
        }
    }

    @Test("Another tenant's things do not exist")
    func isolation() async throws {
        try await DirectoryDesk.with { desk in
            let other = try await TestTenant.make(in: desk.database)
            let skill = try await desk.tenant.addSkill("fr")
            let foreign = try await refusal {
                _ = try await desk.commands.createAgent(
                    AgentContent(name: "A", email: "a@example.com", skills: [SkillLevel(skill, level: 1)]),
                    in: other.id
                )
            }
            #expect(foreign?.pointers == ["/skills/\(skill)/skill_id"])
            #expect(try await desk.queries.list(SkillContent.self, in: other.id, limit: 10).isEmpty)
            guard case .notFound = try await refusal({ _ = try await desk.queries.load(skill, as: SkillContent.self, in: other.id) }) else {
                Issue.record("a foreign skill was read")
                return
            }
        }
    }
}
