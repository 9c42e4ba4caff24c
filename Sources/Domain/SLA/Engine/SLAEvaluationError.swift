/// Why `docket sla eval` refuses a line.
public enum SLAEvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooManyEvents
    case eventAfterNow
    /// A time of this member is none of the years 1900 to 2299.
    case outsideOfYears(String)
    case calendar(CalendarDefinitionError)
    case policy(SLAPolicyError)
    case signals(SLAError)

    public var description: String {
        switch self {
        case .tooManyEvents: "events: more than \(SLAEvaluation.maximumEvents)"
        case .eventAfterNow: "events: an event lies after now"
        case .outsideOfYears(let member): "\(member): a time lies outside of the years 1900 to 2299"
        case .calendar(let error): "calendar: \(error)"
        case .policy(let error): "policy: \(error)"
        case .signals(let error): "events: \(error)"
        }
    }
}
