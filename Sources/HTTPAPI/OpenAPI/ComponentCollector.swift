/// Finds the named schemas inside others.
struct ComponentCollector {
    private(set) var schemas: [String: JSONSchema] = [:]
    /// Names that stand for two different schemas: a mistake, which a test looks for.
    private(set) var conflicts: Set<String> = []

    mutating func collect(_ schema: JSONSchema) {
        switch schema.shape {
        case .object(let object):
            if let name = object.name {
                var plain = schema
                plain.isNullable = false
                plain.description = nil
                if let known = schemas[name] {
                    if known != plain { conflicts.insert(name) }
                    return
                }
                schemas[name] = plain
            }
            for property in object.properties {
                collect(property.schema)
            }
        case .array(let element, _, _): collect(element)
        case .map(let value, _): collect(value)
        case .anything, .boolean, .integer, .number, .string: break
        }
    }
}
