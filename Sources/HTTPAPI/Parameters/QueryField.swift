/// A query parameter. The name may carry an operator in brackets, `created_at[gte]`.
public struct QueryField<Value: Sendable>: Sendable {
    public let name: String
    public let type: ParameterType<Value>
    public let description: String

    public init(_ name: String, _ type: ParameterType<Value>, _ description: String) {
        self.name = name
        self.type = type
        self.description = description
    }

    /// One value.
    public var parameter: ParameterDescription { ParameterDescription(name, type.schema, description) }

    /// One value that must be there.
    public var requiredParameter: ParameterDescription { ParameterDescription(name, type.schema, description, isRequired: true) }

    /// Several values, separated by commas.
    public func list(maximum: Int) -> ParameterDescription {
        ParameterDescription(name, .array(of: type.schema, count: 1...maximum), description, isList: true)
    }

    /// The four bounds of a range: `name[gte]`, `name[gt]`, `name[lte]`, `name[lt]`.
    public var range: [ParameterDescription] {
        FilterOperator.allCases.map { ParameterDescription("\(name)[\($0.rawValue)]", type.schema, "\(description) \($0.meaning).") }
    }
}
