/// What a tenant has of versions of calendars, and what is to be added.
public struct CalendarRoom: Hashable, Sendable {
    public let versions: Int
    public let needed: Int

    /// Whether the configuration would read all of them (``PromiseVersions/maximum``).
    public var isEnough: Bool { versions + needed <= PromiseVersions.maximum }
}
