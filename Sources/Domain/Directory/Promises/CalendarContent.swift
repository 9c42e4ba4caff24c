/// A business calendar of a tenant.
public struct CalendarContent: VersionedContent {
    public typealias Kind = Entity.Calendar
    public var name: String
    public var definition: CalendarDefinition
    /// From when this version measures; what was before keeps the version of its time. Left as it is, or nil: from the edit on.
    public var effectiveFrom: Timestamp?
    /// The release of the time zone database by which this version was made; nil where that is not known.
    public var timeZoneDatabase: String?

    public init(name: String, definition: CalendarDefinition, effectiveFrom: Timestamp? = nil, timeZoneDatabase: String? = nil) {
        self.timeZoneDatabase = timeZoneDatabase
        self.name = name
        self.definition = definition
        self.effectiveFrom = effectiveFrom
    }
}
