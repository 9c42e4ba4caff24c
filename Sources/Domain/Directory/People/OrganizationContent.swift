/// A customer of the tenant: a company whose people ask for help.
public struct OrganizationContent: VersionedContent {
    public typealias Kind = Entity.Organization
    public var name: String
    /// The tenant's own word for how it is served: `gold`. A key for programs, which policies and queues ask for.
    public var tier: String?
    /// Whose hours business targets of its tickets use, where the policy names no calendar (sla.md, Target).
    public var calendarID: CalendarID?
    /// Its id in another system; unique in the tenant.
    public var externalReference: String?

    public init(name: String, tier: String? = nil, calendarID: CalendarID? = nil, externalReference: String? = nil) {
        self.name = name
        self.tier = tier
        self.calendarID = calendarID
        self.externalReference = externalReference
    }
}

public typealias Organization = Versioned<OrganizationContent>
