/// The operators of a range filter (api.md 5).
public enum FilterOperator: String, CaseIterable, Hashable, Sendable {
    case greaterOrEqual = "gte"
    case greater = "gt"
    case lessOrEqual = "lte"
    case less = "lt"

    var meaning: String {
        switch self {
        case .greaterOrEqual: "Inclusive lower bound"
        case .greater: "Exclusive lower bound"
        case .lessOrEqual: "Inclusive upper bound"
        case .less: "Exclusive upper bound"
        }
    }
}
