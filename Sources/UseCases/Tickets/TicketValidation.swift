import Domain
import Store

/// Checks what a ticket points at against the tenant's configuration; sizes and formats are checked where the request is read.
struct TicketValidation {
    let configuration: TenantConfiguration

    /// Every wrong reference, with its pointer; empty when all is well.
    func problems(of content: TicketContent) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if let queue = content.queueID, configuration.queues[queue]?.isActive != true {
            problems.append(unknown("/queue_id", "queue"))
        }
        if let group = content.groupID, !configuration.groups.contains(group) {
            problems.append(unknown("/group_id", "group"))
        }
        for (index, need) in content.skills.required.enumerated() where !configuration.skills.contains(need.skill) {
            problems.append(unknown("/required_skills/\(index)/skill_id", "skill"))
        }
        for (index, wish) in content.skills.optional.enumerated() where !configuration.skills.contains(wish.skill) {
            problems.append(unknown("/optional_skills/\(index)/skill_id", "skill"))
        }
        return problems
    }

    private func unknown(_ pointer: String, _ noun: String) -> FieldProblem {
        FieldProblem(pointer, code: "unknown_reference", detail: "there is no such \(noun)")
    }
}
