/// An SLA policy of a tenant. Its name is the definition's.
public struct SLAPolicyContent: VersionedContent {
    public typealias Kind = Entity.SLAPolicy
    /// Policies are tried in the order of their positions: 0 to 1,000,000.
    public var position: Int
    /// An inactive policy matches no ticket: those under it come under the next that matches, or their clocks are cancelled.
    public var isActive: Bool
    /// A deleted policy is inactive for good; its versions stay for the clocks and reports that name them.
    public internal(set) var isDeleted = false
    public var definition: SLAPolicyDefinition

    public static let positionRange = 0...1_000_000

    public init(position: Int, isActive: Bool = true, definition: SLAPolicyDefinition) {
        self.position = position
        self.isActive = isActive
        self.definition = definition
    }

    /// A policy as stored.
    public init(position: Int, isActive: Bool, isDeleted: Bool, definition: SLAPolicyDefinition) {
        self.init(position: position, isActive: isActive, definition: definition)
        self.isDeleted = isDeleted
    }

    /// The same, deleted.
    public var deleted: SLAPolicyContent { SLAPolicyContent(position: position, isActive: false, isDeleted: true, definition: definition) }
}
