import Domain
import Store

extension OnCallRotaContent: DirectoryContent {
    static var noun: String { "on-call rota" }
    /// As many as the reader of the configuration takes.
    static var maximumCount: Int? { 1_000 }

    func problems(in situation: DirectorySituation<OnCallRotaContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        do {
            try rota.validate()
        } catch {
            checks.add(error.pointer, code: .invalidDefinition, error.description)
        }
        if (try? situation.tools.zones.zone(named: rota.zone)) == nil { checks.add("/tz", code: .unknownZone, "there is no such IANA zone") }
        return checks.problems
    }

    func addReferences(to check: inout ReferenceCheck) {
        for (index, member) in rota.members.prefix(OnCallRota.memberRange.upperBound).enumerated() { check.add(member, at: "/members/\(index)") }
        // Overrides are kept in the order of their beginnings, not in the caller's: the pointer names the agent, not a place.
        for override in rota.overrides.prefix(OnCallRota.maximumOverrides) {
            check.add(override.agent, at: "/overrides/\(override.agent)/agent_id")
        }
    }
}
