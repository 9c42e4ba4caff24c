/// Why `docket sla eval` refuses a line.
public enum SLAEvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    case tooManyEvents
    case eventAfterNow
    /// A ticket that was recorded before it was created.
    case importedBeforeCreation
    case importedAfterNow
    /// A time of this member is none of the years 1900 to 2299.
    case outsideOfYears(String)
    case calendar(CalendarDefinitionError)
    case policy(SLAPolicyError)
    case signals(SLAError)

    public var description: String {
        switch self {
        case .tooManyEvents: "events: more than \(SLAEvaluation.maximumEvents)"
        case .eventAfterNow: "events: an event lies after now"
        case .importedBeforeCreation: "events: imported_at lies before the creation"
        case .importedAfterNow: "events: imported_at lies after now"
        case .outsideOfYears(let member): "\(member): a time lies outside of the years 1900 to 2299"
        case .calendar(let error): MemberPath.text("calendar", error.place, error.reason)
        case .policy(let error): MemberPath.text("policy", error.pointer, error.reason)
        case .signals(let error): "events: \(error)"
        }
    }
}
