/// A day, or a row of days, on which a calendar does not keep its regular hours; what an explanation names between a start and a deadline.
public struct CalendarSpecialDay: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A holiday or another closure on days that have regular hours.
        case closed
        /// A day with hours of its own: a make-up workday (调休), a special opening.
        case hours
    }

    public let kind: Kind
    public let first: CivilDate
    public let last: CivilDate
    /// Of a closure the closed part of each day, none for whole days; else the day's hours.
    public let parts: [WallInterval]
    /// What people call it; nil where nobody named it.
    public let name: String?

    public init(_ kind: Kind, from first: CivilDate, to last: CivilDate, parts: [WallInterval] = [], name: String? = nil) {
        self.kind = kind
        self.first = first
        self.last = last
        self.parts = parts
        self.name = name
    }
}
