/// Why a line of `docket route eval` cannot be evaluated.
public enum RouteEvaluationError: Error, Hashable, Sendable {
    case duplicateAgent(String)
    case duplicateTicket(String)
    case outOfRange(field: String, of: String, allowed: ClosedRange<Int>)
    case tooMany(field: String, limit: Int)
    /// Two steps that begin at the same age.
    case duplicateStep(after: Int)
    /// A text that is empty.
    case empty(field: String, of: String)
    /// A latitude without a longitude, or the other way round.
    case halfAPlace(of: String)
}

extension RouteEvaluationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .duplicateAgent(let id): "agent \"\(id)\" is given twice"
        case .duplicateTicket(let id): "ticket \"\(id)\" is given twice"
        case .outOfRange(let field, let owner, let allowed): "\(field) of \(owner) must be from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .tooMany(let field, let limit): "more than \(limit) \(field)"
        case .duplicateStep(let after): "two steps begin after \(after) seconds"
        case .empty(let field, let owner): "\(field) of \(owner) must not be empty"
        case .halfAPlace(let owner): "latitude and longitude of \(owner) go together"
        }
    }
}
