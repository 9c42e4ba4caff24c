/// A path or query parameter, as OpenAPI shows it.
public struct ParameterDescription: Hashable, Sendable {
    public var name: String
    public var schema: JSONSchema
    public var description: String
    public var isRequired: Bool
    /// Several values, separated by commas: `status=open,pending`.
    public var isList: Bool

    public init(_ name: String, _ schema: JSONSchema, _ description: String, isRequired: Bool = false, isList: Bool = false) {
        self.name = name
        self.schema = schema
        self.description = description
        self.isRequired = isRequired
        self.isList = isList
    }
}
