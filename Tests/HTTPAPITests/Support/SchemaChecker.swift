import Domain
import HTTPAPI

/// Validates values against schemas, and schemas against the code that reads requests: the two must agree on every field.
enum SchemaChecker {
    /// What in a value the schema does not allow. Members that the schema does not name count as violations, also of open objects.
    static func violations(of value: JSONValue, against schema: JSONSchema) -> [String] {
        if value.isNull { return schema.isNullable || schema.shape == .anything ? [] : ["\(value.pointer) null"] }
        switch schema.shape {
        case .anything: return []
        case .boolean: return value.bool == nil ? ["\(value.pointer) no boolean"] : []
        case .number(let minimum, let maximum):
            guard value.isNumber, let number = value.double else { return ["\(value.pointer) no number"] }
            let isInRange = minimum.map { Double($0) <= number } ?? true && maximum.map { number <= Double($0) } ?? true
            return isInRange ? [] : ["\(value.pointer) out of range"]
        case .integer(let minimum, let maximum):
            guard let number = value.int64 else { return ["\(value.pointer) no integer"] }
            return number >= minimum ?? .min && number <= maximum ?? .max ? [] : ["\(value.pointer) range"]
        case .string(let shape):
            guard let text = value.string else { return ["\(value.pointer) no string"] }
            return violates(text, shape) ? ["\(value.pointer) text"] : []
        case .array(let element, let minimum, let maximum):
            guard let elements = value.elements else { return ["\(value.pointer) no array"] }
            let counts = elements.count >= minimum && elements.count <= maximum ?? .max ? [] : ["\(value.pointer) count"]
            return counts + elements.flatMap { violations(of: $0, against: element) }
        case .map(let element, let maximum):
            guard let members = value.members else { return ["\(value.pointer) no object"] }
            let counts = members.count <= maximum ?? .max ? [] : ["\(value.pointer) count"]
            return counts + members.flatMap { violations(of: $0.value, against: element) }
        case .object(let object):
            guard let members = value.members else { return ["\(value.pointer) no object"] }
            let missing = object.properties.filter { property in property.isRequired && !members.contains { $0.name == property.name } }
            return missing.map { "\(value.pointer)/\($0.name) missing" }
                + members.flatMap { member -> [String] in
                    let property = object.properties.first { $0.name == member.name }
                    return property.map { violations(of: member.value, against: $0.schema) } ?? ["\(member.value.pointer) unknown"]
                }
        }
    }

    /// A text of JSON that the schema allows.
    static func sample(of schema: JSONSchema) -> String {
        switch schema.shape {
        case .anything: #"{"any":[1,null]}"#
        case .boolean: "true"
        case .number: "1.5"
        case .integer(let minimum, let maximum): String(minimum ?? maximum ?? 0)
        case .string(let shape): "\"" + sampleText(shape) + "\""
        case .array(let element, let minimum, _): "[" + Array(repeating: sample(of: element), count: max(1, minimum)).joined(separator: ",") + "]"
        case .map(let element, _): "{\"key\":\(sample(of: element))}"
        case .object(let object):
            "{" + object.properties.map { "\"\($0.name)\":\(sample(of: $0.schema))" }.joined(separator: ",") + "}"
        }
    }

    private static func sampleText(_ shape: StringShape) -> String {
        if let value = shape.values?.first { return value }
        switch shape.format {
        case "uuid": return "00000000-0000-7000-8000-000000000001"
        case "date-time": return "2026-11-21T10:00:00Z"
        default: return String(repeating: "a", count: max(1, shape.minimumLength ?? 1))
        }
    }

    private static func violates(_ text: String, _ shape: StringShape) -> Bool {
        if let values = shape.values, !values.contains(text) { return true }
        if let minimum = shape.minimumLength, text.unicodeScalars.count < minimum { return true }
        if let maximum = shape.maximumLength, text.unicodeScalars.count > maximum { return true }
        switch shape.format {
        case "uuid": return TicketID(text) == nil
        case "date-time": return Timestamp(text) == nil
        default: return false
        }
    }
}
