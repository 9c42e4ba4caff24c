/// One member of a request's object: its name and how its value is read.
public struct RequestField<Value: Sendable>: Sendable {
    public let name: StaticString
    public let type: JSONType<Value>
    public let description: String

    public init(_ name: StaticString, _ type: JSONType<Value>, _ description: String) {
        self.name = name
        self.type = type
        self.description = description
    }

    /// The member in the schema, where it must be there.
    public var required: JSONProperty { JSONProperty(name.description, type.schema, isRequired: true, description) }

    /// The member in the schema, where it may be absent.
    public var optional: JSONProperty { JSONProperty(name.description, type.schema, isRequired: false, description) }

    /// The member in the schema of a merge patch, where null clears.
    public var clearable: JSONProperty { JSONProperty(name.description, type.schema.nullable, isRequired: false, description) }
}
