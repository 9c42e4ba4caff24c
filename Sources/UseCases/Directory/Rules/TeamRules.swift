import Domain
import Store

extension AgentGroupContent: DirectoryContent {
    static var noun: String { "group" }
    static var maximumCount: Int? { 10_000 }

    func problems(in situation: DirectorySituation<AgentGroupContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        return checks.problems
    }

    func addReferences(to check: inout ReferenceCheck) {
        check.add(headAgentID, at: "/head_agent_id")
    }

    /// Who is named is called because of tickets of which nobody could be told so far (``UnroutableNotices``).
    static func signal(of change: DirectoryChange<Self>) -> RoutingSignal {
        guard let before = change.before, let head = change.after.content.headAgentID, head != before.content.headAgentID else { return .none }
        return .waiting
    }
}

extension SkillContent: DirectoryContent {
    static var noun: String { "skill" }
    static var maximumCount: Int? { 10_000 }

    func problems(in situation: DirectorySituation<SkillContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.key(key, others: "_.:-", most: 64, at: "/key")
        checks.name(name)
        return checks.problems
    }
}
