/// Something that one ticket at a time can have: a software licence, a test environment, a spare part (features.md A3.14).
public struct ResourceContent: VersionedContent {
    public typealias Kind = Entity.Resource
    public var name: String
    /// The tenant's own kind of thing.
    public var type: String
    /// What is not active is not booked any more; its bookings stay.
    public var isActive: Bool

    public init(name: String, type: String, isActive: Bool = true) {
        self.name = name
        self.type = type
        self.isActive = isActive
    }
}

public typealias BookableResource = Versioned<ResourceContent>
