/// Why `docket sla eval` refuses a line.
public enum SLAEvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooManyEvents
    case eventAfterNow
    case calendar(CalendarDefinitionError)
    case policy(SLAPolicyError)
    case signals(SLAError)

    public var description: String {
        switch self {
        case .tooManyEvents: "events: more than \(SLAEvaluation.maximumEvents)"
        case .eventAfterNow: "events: an event lies after now"
        case .calendar(let error): "calendar: \(error)"
        case .policy(let error): "policy: \(error)"
        case .signals(let error): "events: \(error)"
        }
    }
}
