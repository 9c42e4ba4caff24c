import Domain
import Store

extension ResourceContent: DirectoryContent {
    static var noun: String { "resource" }
    static var maximumCount: Int? { 10_000 }
    static var isConfiguration: Bool { false }

    func problems(in situation: DirectorySituation<ResourceContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        checks.text(type, 1...64, at: "/type")
        return checks.problems
    }
}
