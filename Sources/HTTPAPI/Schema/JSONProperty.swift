/// One member of an object's schema.
public struct JSONProperty: Hashable, Sendable {
    public var name: String
    public var schema: JSONSchema
    public var isRequired: Bool
    public var description: String

    public init(_ name: String, _ schema: JSONSchema, isRequired: Bool = true, _ description: String) {
        self.name = name
        self.schema = schema
        self.isRequired = isRequired
        self.description = description
    }
}
