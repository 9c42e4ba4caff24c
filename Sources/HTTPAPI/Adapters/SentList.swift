import Domain
import UseCases

/// A list of a request that is kept in an order of its own. The layers below point into it by what stands there (`/skills/<id>/skill_id`); the caller is told
/// the place where he wrote it (`/skills/0/skill_id`).
struct SentList: Sendable {
    /// Where the list stands: "/skills".
    let pointer: String
    /// By what the layers below name its elements, in the caller's order.
    let keys: [String]

    init(_ pointer: String, _ keys: [some CustomStringConvertible]) {
        self.pointer = pointer
        self.keys = keys.map(\.description)
    }

    /// The same inside something.
    func inside(_ place: String) -> SentList { SentList(place + pointer, keys) }

    /// A pointer with the caller's place in it.
    ///
    /// - Parameter earlier: how many problems had the same pointer before: of several elements with one key each is told of once.
    /// - Returns: nil where it does not point into this list.
    fileprivate func placed(_ problem: FieldProblem, after earlier: Int) -> FieldProblem? {
        guard problem.pointer.hasPrefix(pointer + "/") else { return nil }
        let rest = problem.pointer.dropFirst(pointer.count + 1)
        let key = rest.prefix { $0 != "/" }
        let places = keys.indices.filter { keys[$0] == key }
        guard let place = places.dropFirst(earlier).first ?? places.last else { return nil }
        return FieldProblem("\(pointer)/\(place)\(rest.dropFirst(key.count))", code: problem.code, detail: problem.detail)
    }
}

/// Runs a command, and tells what is wrong in its lists at the caller's places.
func placing<Result>(_ lists: @autoclosure () -> [SentList], _ command: () async throws -> Result) async throws -> Result {
    do {
        return try await command()
    } catch UseCaseError.invalid(let problems) {
        let lists = lists()
        var told: [String: Int] = [:]
        throw UseCaseError.invalid(
            problems.map { problem in
                let earlier = told[problem.pointer, default: 0]
                told[problem.pointer] = earlier + 1
                return lists.lazy.compactMap { $0.placed(problem, after: earlier) }.first ?? problem
            }
        )
    }
}
