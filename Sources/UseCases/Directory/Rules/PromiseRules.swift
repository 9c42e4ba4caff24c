import Domain
import Store

extension SLAPolicyContent: DirectoryContent {
    static var noun: String { "SLA policy" }
    static var maximumCount: Int? { 1_000 }

    func problems(in situation: DirectorySituation<SLAPolicyContent>) -> [FieldProblem] { problems(besides: situation.before?.content) }

    /// Everything that is wrong in it alone.
    ///
    /// - Parameter stored: what it takes the place of; states that are named there stand in nobody's way.
    func problems(besides stored: SLAPolicyContent?) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.number(position, SLAPolicyContent.positionRange, at: "/position")
        do {
            try definition.validate()
            checks.name(definition.name)
        } catch {
            checks.add(error.pointer, code: .invalidDefinition, error.reason)
        }
        // Here, not where stored policies are read: they may name a state of another life cycle.
        let states = Lifecycle.standard.states.map(\.state.rawValue)
        let known = states + (stored?.definition.pauses.compactMap(\.state) ?? [])
        for (index, pause) in definition.pauses.enumerated() {
            guard let state = pause.state, !known.contains(state) else { continue }
            checks.add("/pauses/\(index)/state", code: .notAllowed, "is no state of the life cycle, which has \(states.joined(separator: ", "))")
        }
        return checks.problems
    }

    func addReferences(to check: inout ReferenceCheck) {
        check.add(definition.calendar, at: "/calendar_id")
        check.add(definition.chain, at: "/chain_id")
    }

    static func reevaluation(of change: DirectoryChange<SLAPolicyContent>) -> SLAReevaluation.Cause? {
        change.after.content.isActive || change.before?.content.isActive == true ? .policy : nil
    }
}

extension EscalationChainContent: DirectoryContent {
    static var noun: String { "escalation chain" }
    static var maximumCount: Int? { 1_000 }

    func problems(in situation: DirectorySituation<EscalationChainContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        do {
            try chain(version: 1).validate()
        } catch {
            checks.add(error.pointer, code: .invalidDefinition, error.description)
            return checks.problems
        }
        // What is stored already is left alone, so that everything else about the chain can be edited.
        let levelsBefore = situation.before?.content.levels ?? []
        for (index, level) in levels.enumerated() where !levelsBefore.contains(level) {
            var seen: Set<EscalationTarget> = []
            for (position, target) in level.targets.enumerated() where !seen.insert(target).inserted {
                checks.add("/levels/\(index)/targets/\(position)", code: .duplicate, "the level names this target already")
            }
        }
        let stored = situation.before?.content.addresses.map(\.address) ?? []
        for (address, pointer) in addresses { checks.mailbox(address, stored: stored, at: pointer) }
        return checks.problems
    }

    /// The mail addresses of its targets, and where they are.
    private var addresses: [(address: String, pointer: String)] {
        levels.enumerated().flatMap { index, level in
            level.targets.enumerated().compactMap { position, target in
                guard case .email(let address) = target else { return nil }
                return (address, "/levels/\(index)/targets/\(position)/address")
            }
        }
    }

    func addReferences(to check: inout ReferenceCheck) {
        for (index, level) in levels.prefix(20).enumerated() {
            for (position, target) in level.targets.prefix(50).enumerated() {
                let pointer = "/levels/\(index)/targets/\(position)/id"
                switch target {
                case .agent(let id): check.add(id, at: pointer)
                case .group(let id), .groupHead(let id): check.add(id, at: pointer)
                case .webhook(let id): check.add(id, at: pointer)
                case .rota(let id): check.add(id, at: pointer)
                case .supervisor, .assignee, .manager, .email: break
                }
            }
        }
    }
}

extension EscalationChainError {
    /// Where in the document the error is.
    var pointer: String {
        switch self {
        case .levelCount: "/levels"
        case .repeats: "/repeats"
        case .acknowledgementTTL: "/ack_ttl"
        case .timeout(let level): "/levels/\(level)/timeout"
        case .targets(let level): "/levels/\(level)/targets"
        case .address(let level, let target): "/levels/\(level)/targets/\(target)/address"
        case .actions(let level): "/levels/\(level)/actions"
        case .flow(let level): "/levels/\(level)/flow"
        }
    }
}
