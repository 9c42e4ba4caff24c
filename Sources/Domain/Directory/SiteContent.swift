/// A place where work is done for somebody: an office, a shop, a substation (features.md A3.4).
public struct SiteContent: VersionedContent {
    public typealias Kind = Entity.Site
    public var name: String
    /// When somebody can be let in; nil: always. While it is closed, its tickets wait.
    public var calendarID: CalendarID?
    /// The territory that it belongs to.
    public var serviceArea: String?
    public var place: GeoPoint?
    /// What is not active takes no new tickets; those that it has stay.
    public var isActive: Bool

    public init(name: String, calendarID: CalendarID? = nil, serviceArea: String? = nil, place: GeoPoint? = nil, isActive: Bool = true) {
        self.name = name
        self.calendarID = calendarID
        self.serviceArea = serviceArea
        self.place = place
        self.isActive = isActive
    }
}

public typealias Site = Versioned<SiteContent>
