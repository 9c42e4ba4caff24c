/// When a tenant's tickets move on by themselves, and what they take from their agents while they wait (features.md A4.1, A4.16). Days have 24 hours.
public struct LifecycleSettings: Hashable, Sendable {
    /// How long after a ticket was resolved it is closed; nil: only when somebody closes it.
    public var closeResolvedAfterDays: Int?
    /// How long after a ticket was closed it is archived; nil: only when somebody archives it.
    public var archiveClosedAfterDays: Int?
    /// How long before a ticket is closed by itself that is told to whoever listens; nil: nobody is told. Less than ``closeResolvedAfterDays``.
    public var warnBeforeClosingDays: Int?

    /// How much of its weight a ticket takes from its agent's capacity while it waits for the customer or for others, in percent (routing.md F).
    public var waitingLoadPercent: Int

    public static let days = 1...3_650
    public static let percent = 0...100
    /// Nothing happens by itself.
    public static let manual = LifecycleSettings(closeResolvedAfterDays: nil, archiveClosedAfterDays: nil)
    /// What a new tenant begins with (docs/decisions/0019).
    public static let standard = LifecycleSettings(closeResolvedAfterDays: 7, archiveClosedAfterDays: 120)

    public init(closeResolvedAfterDays: Int?, archiveClosedAfterDays: Int?, warnBeforeClosingDays: Int? = nil, waitingLoadPercent: Int = 0) {
        self.closeResolvedAfterDays = closeResolvedAfterDays
        self.archiveClosedAfterDays = archiveClosedAfterDays
        self.warnBeforeClosingDays = warnBeforeClosingDays
        self.waitingLoadPercent = waitingLoadPercent
    }
}
