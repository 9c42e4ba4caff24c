/// Writes schemas as JSON Schema 2020-12.
enum SchemaWriter {
    /// A schema where it is used: named objects as references.
    static func write(_ schema: JSONSchema, description: String? = nil, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.fieldIfPresent("description", description.flatMap { $0.isEmpty ? nil : $0 } ?? schema.description)
            if case .object(let object) = schema.shape, let name = object.name {
                if schema.isNullable {
                    writer.name("anyOf")
                    writer.array { writer in
                        writer.object { $0.field("$ref", "#/components/schemas/" + name) }
                        writer.object { $0.field("type", "null") }
                    }
                } else {
                    writer.field("$ref", "#/components/schemas/" + name)
                }
            } else {
                members(of: schema, to: &writer)
            }
        }
    }

    /// A named schema at its one place.
    static func writeDefinition(_ schema: JSONSchema, to writer: inout JSONWriter) {
        writer.object { members(of: schema, to: &$0) }
    }

    private static func members(of schema: JSONSchema, to writer: inout JSONWriter) {
        switch schema.shape {
        case .anything:
            break
        case .boolean:
            type("boolean", schema, to: &writer)
        case .number(let minimum, let maximum):
            type("number", schema, to: &writer)
            writer.fieldIfPresent("minimum", minimum)
            writer.fieldIfPresent("maximum", maximum)
        case .integer(let minimum, let maximum):
            type("integer", schema, to: &writer)
            writer.fieldIfPresent("minimum", minimum)
            writer.fieldIfPresent("maximum", maximum)
        case .string(let shape):
            type("string", schema, to: &writer)
            write(shape, isNullable: schema.isNullable, to: &writer)
        case .array(let element, let minimum, let maximum):
            type("array", schema, to: &writer)
            writer.name("items")
            write(element, to: &writer)
            writer.fieldIfPresent("minItems", minimum > 0 ? minimum : nil)
            writer.fieldIfPresent("maxItems", maximum)
        case .map(let value, let maximum):
            type("object", schema, to: &writer)
            writer.name("additionalProperties")
            write(value, to: &writer)
            writer.fieldIfPresent("maxProperties", maximum)
        case .object(let object):
            type("object", schema, to: &writer)
            write(object, to: &writer)
        }
    }

    private static func type(_ name: String, _ schema: JSONSchema, to writer: inout JSONWriter) {
        if schema.isNullable {
            writer.field("type", [name, "null"])
        } else {
            writer.field("type", name)
        }
    }

    private static func write(_ shape: StringShape, isNullable: Bool, to writer: inout JSONWriter) {
        writer.fieldIfPresent("format", shape.format)
        writer.fieldIfPresent("minLength", shape.minimumLength)
        writer.fieldIfPresent("maxLength", shape.maximumLength)
        writer.fieldIfPresent("pattern", shape.pattern)
        if let values = shape.values {
            writer.field("enum", values.map { Optional($0) } + (isNullable ? [nil] : []))
        }
    }

    private static func write(_ object: ObjectShape, to writer: inout JSONWriter) {
        writer.name("properties")
        writer.object { writer in
            for property in object.properties {
                writer.name(property.name)
                write(property.schema, description: property.description, to: &writer)
            }
        }
        let required = object.properties.filter(\.isRequired).map(\.name)
        writer.fieldIfPresent("required", required.isEmpty ? nil : required)
        if object.isClosed {
            writer.field("additionalProperties", false)
        }
    }
}
