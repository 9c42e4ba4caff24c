/// A `{name}` of a path template.
public struct PathField<Value: Sendable>: Sendable {
    public let name: String
    public let type: ParameterType<Value>
    public let description: String

    public init(_ name: String, _ type: ParameterType<Value>, _ description: String) {
        self.name = name
        self.type = type
        self.description = description
    }

    public var parameter: ParameterDescription { ParameterDescription(name, type.schema, description, isRequired: true) }
}
