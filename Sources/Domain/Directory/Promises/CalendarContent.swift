/// A business calendar of a tenant.
public struct CalendarContent: VersionedContent {
    public typealias Kind = Entity.Calendar
    public var name: String
    public var definition: CalendarDefinition
    /// From when this version measures, until one that was published later begins; what was before keeps the version of its time. In an edit, nil means from the
    /// edit on, and so does the time of the version before where it has come already.
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
