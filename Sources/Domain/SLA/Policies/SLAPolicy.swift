/// A published policy.
public struct SLAPolicy: Hashable, Sendable, Codable {
    public let reference: SLAPolicyReference
    /// Policies are tried in the order of their positions.
    public let position: Int
    public let definition: SLAPolicyDefinition

    public init(reference: SLAPolicyReference, position: Int, definition: SLAPolicyDefinition) {
        self.reference = reference
        self.position = position
        self.definition = definition
    }
}
