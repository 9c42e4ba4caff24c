@testable import HTTPAPI

/// Compares a request DTO's schema with its reader: what the schema says must be what the reader does, for every member.
enum RequestSchemaChecker {
    static func disagreements<Object: RequestObject>(of type: Object.Type) throws -> [String] {
        guard case .object(let object) = Object.schema.shape else { return ["the schema is no object"] }
        var found: [String] = object.isClosed ? [] : ["the schema is open"]
        let all = object.properties.map { (name: $0.name, json: SchemaChecker.sample(of: $0.schema)) }
        found += try errors(in: all, of: type).map { "a full sample is refused: \($0)" }
        if try !errors(in: all + [("surely_unknown", "1")], of: type).contains("/surely_unknown unknown-field") {
            found.append("an unknown member is accepted")
        }
        for (index, property) in object.properties.enumerated() {
            var rest = all
            rest.remove(at: index)
            let refusesAbsence = try errors(in: rest, of: type).contains("/\(property.name) required")
            if refusesAbsence != property.isRequired { found.append("\(property.name): required") }
            let accepts = { (json: String) in try errors(in: rest + [(property.name, json)], of: type).isEmpty }
            let takesAnything = property.schema.shape == .anything
            if try accepts("null") != (property.schema.isNullable || takesAnything) { found.append("\(property.name): null") }
            for json in ["true", "1.5", "\"\\u0001\"", "[[]]", "{\"x\":{}}"] where try !takesAnything && accepts(json) {
                let value = try JSONDocument(Array(json.utf8)).root
                if !SchemaChecker.violations(of: value, against: property.schema).isEmpty { found.append("\(property.name): accepts \(json)") }
            }
            found += try bounds(property.schema).filter { try accepts($0) }.map { "\(property.name): accepts \($0.prefix(40))" }
        }
        return found
    }

    private static func errors<Object: RequestObject>(in members: [(name: String, json: String)], of type: Object.Type) throws -> [String] {
        let text = "{" + members.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",") + "}"
        var errors = FieldErrors()
        _ = ObjectReader.read(type, from: try JSONDocument(Array(text.utf8)).root, errors: &errors)
        return errors.list.map { error in
            if case .pointer(let pointer) = error.place { "\(pointer) \(error.code.rawValue)" } else { "?" }
        }
    }

    /// Values just beyond the schema's bounds.
    private static func bounds(_ schema: JSONSchema) -> [String] {
        switch schema.shape {
        case .integer(let minimum, let maximum):
            [minimum.map { $0 - 1 }, maximum.map { $0 + 1 }].compactMap { $0 }.map { String($0) }
        case .string(let shape):
            (shape.maximumLength.map { ["\"" + String(repeating: "a", count: $0 + 1) + "\""] } ?? []) + (shape.minimumLength == nil ? [] : ["\"\""])
        case .array(let element, _, let maximum):
            maximum.map { ["[" + Array(repeating: SchemaChecker.sample(of: element), count: $0 + 1).joined(separator: ",") + "]"] } ?? []
        default: []
        }
    }
}
