import Domain
import Store

extension PlaybookContent: DirectoryContent {
    static var noun: String { "playbook" }
    static var maximumCount: Int? { 1_000 }
    static var isConfiguration: Bool { false }

    /// Processes that record breaches know the plans for them; all others are asked for when somebody reports something.
    static func advancesConfiguration(_ change: DirectoryChange<PlaybookContent>) -> Bool {
        [change.before?.content, change.after.content].contains { $0?.trigger == .breached }
    }

    func problems(in situation: DirectorySituation<PlaybookContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        if !Self.stepRange.contains(steps.count) {
            checks.add("/steps", code: .outOfRange, "must be \(Self.stepRange.lowerBound) to \(Self.stepRange.upperBound)")
        }
        for (index, step) in steps.prefix(Self.stepRange.upperBound).enumerated() {
            checks.text(step.title, 1...200, at: "/steps/\(index)/title")
            if let length = step.instructions?.unicodeScalars.count {
                checks.number(length, Self.instructionsRange, at: "/steps/\(index)/instructions")
            }
            if let due = step.dueAfterSeconds, !Self.dueRange.contains(due) {
                checks.add("/steps/\(index)/due_after_seconds", code: .outOfRange, "must be at most \(Self.dueRange.upperBound)")
            }
        }
        if trigger != .breached, !metrics.isEmpty {
            checks.add("/metrics", code: .notAllowed, "only with the trigger \(PlaybookTrigger.breached.rawValue)")
        } else if Set(metrics).count < metrics.count {
            checks.add("/metrics", code: .duplicate, "a metric is listed twice")
        }
        if ticketTypes.count > Self.maximumTypes {
            checks.add("/ticket_types", code: .outOfRange, "must be at most \(Self.maximumTypes)")
        }
        for (index, type) in ticketTypes.prefix(Self.maximumTypes).enumerated() { checks.text(type, 1...64, at: "/ticket_types/\(index)") }
        return checks.problems
    }

    /// All of them are known to every process that records breaches.
    func linkProblems(of id: PlaybookID?, tenant: TenantID, transaction: TenantTransaction) async throws -> [FieldProblem] {
        guard trigger == .breached, isActive else { return [] }
        let others = try await transaction.first(of: CountBreachPlaybooks(tenant: tenant, except: id)) ?? 0
        guard others >= Self.maximumForBreaches else { return [] }
        return [
            FieldProblem("/trigger", code: .limitReached, detail: "at most \(Self.maximumForBreaches) active playbooks are started by breaches")
        ]
    }
}
