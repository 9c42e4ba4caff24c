/// Why signals cannot be applied; nothing has changed then.
public enum SLAError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The first signal of a ticket, and only the first, is `created`.
    case notCreatedOnce
    /// A signal is earlier than one that was applied before.
    case outOfOrder
    /// The context lacks a policy that a signal names.
    case unknownPolicy(SLAPolicyReference)
    /// The context lacks a calendar that a signal names.
    case unknownCalendar(CalendarReference)
    case calendar(CalendarError)

    public var description: String {
        switch self {
        case .notCreatedOnce: "the first event, and only the first, must be created"
        case .outOfOrder: "an event is earlier than the last one"
        case .unknownPolicy(let policy): "unknown policy \(policy.id) version \(policy.version)"
        case .unknownCalendar(let calendar): "unknown calendar \(calendar.id) version \(calendar.version)"
        case .calendar(let error): error.description
        }
    }
}
