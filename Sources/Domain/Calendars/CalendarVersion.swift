/// One version of a calendar: a definition, the rules of its zone, and the time from which it holds.
public struct CalendarVersion: Hashable, Sendable {
    /// 1, 2, 3 … in the order of publication.
    public let number: Int
    /// The first instant that this version measures; nil for "since ever", which only the first version may say.
    public let effectiveFrom: Timestamp?
    public let definition: CalendarDefinition
    public let zone: TimeZoneRules

    public init(number: Int, effectiveFrom: Timestamp?, definition: CalendarDefinition, zone: TimeZoneRules) {
        self.number = number
        self.effectiveFrom = effectiveFrom
        self.definition = definition
        self.zone = zone
    }
}
