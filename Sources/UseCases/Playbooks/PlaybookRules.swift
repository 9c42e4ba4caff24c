import Domain
import Store

extension PlaybookContent: DirectoryContent {
    static var noun: String { "playbook" }
    static var maximumCount: Int? { 1_000 }
    static var isConfiguration: Bool { false }

    func problems(in situation: DirectorySituation<PlaybookContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        if !Self.stepRange.contains(steps.count) {
            checks.add("/steps", code: "out_of_range", "must be \(Self.stepRange.lowerBound) to \(Self.stepRange.upperBound)")
        }
        for (index, step) in steps.prefix(Self.stepRange.upperBound).enumerated() {
            checks.text(step.title, 1...200, at: "/steps/\(index)/title")
            if let length = step.instructions?.unicodeScalars.count {
                checks.number(length, Self.instructionsRange, at: "/steps/\(index)/instructions")
            }
            if let due = step.dueAfterSeconds, !Self.dueRange.contains(due) {
                checks.add("/steps/\(index)/due_after_seconds", code: "out_of_range", "must be at most \(Self.dueRange.upperBound)")
            }
        }
        if ticketTypes.count > Self.maximumTypes {
            checks.add("/ticket_types", code: "out_of_range", "must be at most \(Self.maximumTypes)")
        }
        for (index, type) in ticketTypes.prefix(Self.maximumTypes).enumerated() { checks.text(type, 1...64, at: "/ticket_types/\(index)") }
        return checks.problems
    }
}
