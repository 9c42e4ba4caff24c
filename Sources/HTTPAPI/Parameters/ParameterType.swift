public import Domain

/// How the text of one path or query parameter is read, together with its schema.
public struct ParameterType<Value: Sendable>: Sendable {
    public let schema: JSONSchema
    /// What the text must be, for the problem: "a UUID".
    let expectation: String
    let parse: @Sendable (String) -> Value?

    public init(_ schema: JSONSchema, _ expectation: String, parse: @escaping @Sendable (String) -> Value?) {
        self.schema = schema
        self.expectation = expectation
        self.parse = parse
    }

    public static func id<Entity>(_ entity: Entity.Type = Entity.self) -> ParameterType where Value == ID<Entity> {
        ParameterType(.id, "a UUID") { ID<Entity>($0) }
    }
}

extension ParameterType where Value == String {
    public static func text(_ length: ClosedRange<Int>) -> ParameterType {
        let rule = TextRule(length: length)
        return ParameterType(rule.schema, "one line of \(length.lowerBound) to \(length.upperBound) characters") { text in
            rule.failure(of: text) == nil ? text : nil
        }
    }
}

extension ParameterType where Value == Int {
    public static func integer(_ range: ClosedRange<Int>) -> ParameterType {
        ParameterType(
            .integer(in: Int64(range.lowerBound)...Int64(range.upperBound)),
            "an integer from \(range.lowerBound) to \(range.upperBound)"
        ) { text in
            guard let number = DecimalText.integer(text), range.contains(number) else { return nil }
            return number
        }
    }
}

extension ParameterType where Value == Bool {
    public static var boolean: ParameterType {
        ParameterType(.boolean, "true or false") { text in
            switch text {
            case "true": true
            case "false": false
            default: nil
            }
        }
    }
}

extension ParameterType where Value == Timestamp {
    public static var timestamp: ParameterType {
        ParameterType(.timestamp, "an RFC 3339 date and time with a zone") { Timestamp($0) }
    }
}

extension ParameterType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    public static var code: ParameterType {
        ParameterType(.codes(Value.self), "one of: " + Value.allCases.map(\.rawValue).joined(separator: ", ")) { Value(rawValue: $0) }
    }
}
