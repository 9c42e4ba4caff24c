/// Why a line of `docket route eval` cannot be evaluated.
public enum RouteEvaluationError: Error, Hashable, Sendable {
    case duplicateAgent(String)
    case duplicateTicket(String)
    case outOfRange(field: String, of: String, allowed: ClosedRange<Int>)
    case tooMany(field: String, limit: Int)
}

extension RouteEvaluationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .duplicateAgent(let id): "agent \"\(id)\" is given twice"
        case .duplicateTicket(let id): "ticket \"\(id)\" is given twice"
        case .outOfRange(let field, let owner, let allowed): "\(field) of \(owner) must be from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .tooMany(let field, let limit): "more than \(limit) \(field)"
        }
    }
}
