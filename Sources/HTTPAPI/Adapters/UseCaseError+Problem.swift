import Domain
public import UseCases

extension UseCaseError: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .notFound: .notFound
        case .gone: Problem(.gone)
        case .invalid(let problems): .invalid(problems.prefix(FieldErrors.maximum).map(FieldError.init))
        case .refused(let refusal): refusal.problem
        // Where the resource is known, the endpoint adds its tag: see ``VersionPrecondition``.
        case .versionMismatch: .preconditionFailed(current: nil)
        case .duplicate(let field):
            Problem(.alreadyExists, errors: [FieldError(.pointer("/" + JSONPointer.escape(field)), .duplicate, "Is taken.")])
        case .conflict(let reason): Problem(.conflict, reason.sentence)
        case .reachesAgents(let agents):
            TicketRefusal.conflict(.conflict, "Agents are reached by it: give them other channels first.", TicketSituation(agentIDs: agents))
        case .idempotencyKeyReused: Problem(.idempotencyKeyReused)
        case .busy: .retry(.unavailable, after: 1)
        }
    }
}

extension FieldError {
    init(_ problem: FieldProblem) {
        self.init(.pointer(problem.pointer), FieldErrorCode(problem.code), problem.detail.sentence)
    }
}

extension String {
    /// A remark of the layers below as a sentence for the caller.
    fileprivate var sentence: String {
        guard let first, let last else { return self }
        return first.uppercased() + dropFirst() + (last == "." ? "" : ".")
    }
}
