/// When a tenant's tickets move on by themselves (features.md A4.1, A4.16). Days have 24 hours.
public struct LifecycleSettings: Hashable, Sendable {
    /// How long after a ticket was resolved it is closed; nil: only when somebody closes it.
    public var closeResolvedAfterDays: Int?
    /// How long after a ticket was closed it is archived; nil: only when somebody archives it.
    public var archiveClosedAfterDays: Int?

    public static let days = 1...3_650
    /// Nothing happens by itself.
    public static let manual = LifecycleSettings(closeResolvedAfterDays: nil, archiveClosedAfterDays: nil)
    /// What a new tenant begins with (docs/decisions/0019).
    public static let standard = LifecycleSettings(closeResolvedAfterDays: 7, archiveClosedAfterDays: 120)

    public init(closeResolvedAfterDays: Int?, archiveClosedAfterDays: Int?) {
        self.closeResolvedAfterDays = closeResolvedAfterDays
        self.archiveClosedAfterDays = archiveClosedAfterDays
    }
}
