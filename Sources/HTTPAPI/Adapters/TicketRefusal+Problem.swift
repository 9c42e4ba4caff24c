public import Domain

extension TicketRefusal: ProblemConvertible {
    /// What a ticket's own rules refuse is 409 with the ticket's situation; what the request itself lacks is 422.
    public var problem: Problem {
        switch self {
        case .transitionNotAllowed(let from, let to, let allowed):
            Self.conflict(
                .invalidTransition,
                "A ticket does not go from \(from.rawValue) to \(to.rawValue).",
                TicketSituation(state: from, allowedStates: allowed)
            )
        case .transitionNeedsAssignee(let from, let to, let allowed):
            Self.conflict(
                .invalidTransition,
                "A ticket does not go from \(from.rawValue) to \(to.rawValue) without an agent: give it one first.",
                TicketSituation(state: from, allowedStates: allowed)
            )
        case .unknownState:
            .invalid(.pointer("/state"), .notAllowed, "There is no such state.")
        case .closed(let state):
            Self.conflict(.conflict, "The ticket is closed and changes no more.", TicketSituation(state: state))
        case .alreadyAssigned(let owner):
            Self.conflict(.conflict, "Another agent has the ticket.", TicketSituation(assigneeID: owner))
        case .offerOver(let owner):
            Self.conflict(.conflict, "The ticket is not offered to this agent any more.", TicketSituation(assigneeID: owner))
        case .offered(let agent):
            Self.conflict(.conflict, "The ticket is offered to another agent.", TicketSituation(offeredTo: agent))
        case .notAssigned:
            Problem(.conflict, "The ticket has no agent.")
        case .notWaiting(let state):
            Self.conflict(.conflict, "The ticket does not wait for an agent.", TicketSituation(state: state))
        case .needsAssignee:
            Problem(.conflict, "The ticket needs an agent first.")
        case .reasonRequired:
            .invalid(.pointer("/reason"), .required, "A priority that is set by hand needs a reason.")
        case .verb(let refusal): refusal.problem
        case .merge(let refusal): refusal.problem
        }
    }

    static func conflict(_ code: ProblemCode, _ detail: String, _ situation: TicketSituation) -> Problem {
        var problem = Problem(code, detail)
        problem.situation = situation
        return problem
    }
}
