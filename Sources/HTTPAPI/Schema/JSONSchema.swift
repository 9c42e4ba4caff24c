/// A JSON Schema (draft 2020-12) as far as the API needs it: the same value documents a DTO in OpenAPI and checks it in tests.
public struct JSONSchema: Hashable, Sendable {
    public indirect enum Shape: Hashable, Sendable {
        /// Any JSON value.
        case anything
        case boolean
        case integer(minimum: Int64?, maximum: Int64?)
        case number(minimum: Int64?, maximum: Int64?)
        case string(StringShape)
        case array(of: JSONSchema, minimum: Int, maximum: Int?)
        case object(ObjectShape)
        /// An object with names of the caller's choice.
        case map(of: JSONSchema, maximum: Int?)
    }

    public var shape: Shape
    /// Whether null is allowed beside the shape.
    public var isNullable: Bool
    public var description: String?

    public init(_ shape: Shape, isNullable: Bool = false, description: String? = nil) {
        self.shape = shape
        self.isNullable = isNullable
        self.description = description
    }

    /// The same schema with null allowed.
    public var nullable: JSONSchema {
        JSONSchema(shape, isNullable: true, description: description)
    }
}

extension JSONSchema {
    public static var anything: JSONSchema { JSONSchema(.anything) }
    public static var boolean: JSONSchema { JSONSchema(.boolean) }
    public static var number: JSONSchema { JSONSchema(.number(minimum: nil, maximum: nil)) }
    public static var id: JSONSchema { JSONSchema(.string(StringShape(format: "uuid"))) }
    public static var timestamp: JSONSchema { JSONSchema(.string(StringShape(format: "date-time"))) }
    public static var string: JSONSchema { JSONSchema(.string(StringShape())) }

    public static func string(_ shape: StringShape) -> JSONSchema {
        JSONSchema(.string(shape))
    }

    public static func integer(in range: ClosedRange<Int64>? = nil) -> JSONSchema {
        JSONSchema(.integer(minimum: range?.lowerBound, maximum: range?.upperBound))
    }

    public static func codes<Code: RawRepresentable & CaseIterable>(_ type: Code.Type) -> JSONSchema where Code.RawValue == String {
        JSONSchema(.string(StringShape(values: type.allCases.map(\.rawValue))))
    }

    public static func array(of element: JSONSchema, count: ClosedRange<Int>? = nil) -> JSONSchema {
        JSONSchema(.array(of: element, minimum: count?.lowerBound ?? 0, maximum: count?.upperBound))
    }

    public static func map(of value: JSONSchema, maximum: Int? = nil) -> JSONSchema {
        JSONSchema(.map(of: value, maximum: maximum))
    }

    /// An object with fixed members. With a name it becomes a component of the document and is referred to.
    public static func object(_ name: String?, _ properties: [JSONProperty], isClosed: Bool = false) -> JSONSchema {
        JSONSchema(.object(ObjectShape(name: name, properties: properties, isClosed: isClosed)))
    }
}
