public import Domain

/// How long each step of a ticket took and who had it, beside what was promised about it (features.md A5.9).
public struct TicketHandling: Sendable {
    /// The database's time, up to which was counted.
    public let now: Timestamp
    public let time: HandlingTime
    /// By which open time was counted; nil: plain time alone.
    public let calendar: CalendarReference?
    /// What was promised to the customer, at most ``maximumPromises``: what is still open, then the newest, in the order in which they were started.
    public let customer: [SLAExplanation]
    /// What groups and stages owe (OLA), the same way.
    public let internalTargets: [SLAExplanation]

    public static let maximumPromises = 100
}
