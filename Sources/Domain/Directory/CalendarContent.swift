/// A business calendar of a tenant.
public struct CalendarContent: VersionedContent {
    public typealias Kind = Entity.Calendar
    public var name: String
    public var definition: CalendarDefinition
    /// From when this version measures; what was before keeps the version of its time. Left as it is, or nil: from the edit on.
    public var effectiveFrom: Timestamp?

    public init(name: String, definition: CalendarDefinition, effectiveFrom: Timestamp? = nil) {
        self.name = name
        self.definition = definition
        self.effectiveFrom = effectiveFrom
    }
}
