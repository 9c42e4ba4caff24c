/// The fixed members of an object.
public struct ObjectShape: Hashable, Sendable {
    /// The component's name in the OpenAPI document, nil for an object described in place.
    public var name: String?
    public var properties: [JSONProperty]
    /// Whether other members are refused: so in requests. Replies stay open, they may gain members (api.md 8).
    public var isClosed: Bool

    public init(name: String?, properties: [JSONProperty], isClosed: Bool = false) {
        self.name = name
        self.properties = properties
        self.isClosed = isClosed
    }
}
