import Domain
import FoundationEssentials

extension JSONType where Value: Decodable {
    /// A part of a document that the Domain reads itself: calendars, policies and chains have one form in files, commands and here.
    ///
    /// Members that the schema does not have are refused at any depth, and null where it allows none, as everywhere in requests.
    ///
    /// - Parameter check: refuses what the schema cannot say: members that belong to another form of the value.
    static func document(_ schema: JSONSchema, check: @escaping @Sendable (JSONValue, inout FieldErrors) -> Void = { _, _ in }) -> JSONType {
        JSONType(schema) { value, errors in
            let before = errors.list.count
            guard !value.isNull else { return errors.wrongType(value, "a value") }
            guard value.isStorable(&errors) else { return nil }
            schema.refuseStrangers(in: value, &errors)
            let known = Set(errors.list[before...].map(\.place))
            var strangers = FieldErrors()
            check(value, &strangers)
            // A null of another form is told once.
            for stranger in strangers.list where !known.contains(stranger.place) { errors.add(stranger) }
            guard errors.list.count == before else { return nil }
            do {
                return try JSONDecoder().decode(Value.self, from: Data(value.rawBytes))
            } catch let error as DecodingError {
                errors.add(error.fieldError(in: value))
            } catch {
                errors.add(value, .invalid, "Cannot be read.")
            }
            return nil
        }
    }
}

extension JSONSchema {
    /// Records the members that closed objects of the schema do not have, nulls where it allows none, and numbers that are no integers where it wants one.
    fileprivate func refuseStrangers(in value: JSONValue, _ errors: inout FieldErrors) {
        switch shape {
        case .object(let object):
            if object.isClosed { value.refuseMembers(beside: Set(object.properties.map(\.name)), &errors) }
            for member in value.members ?? [] {
                guard let schema = object.properties.first(where: { $0.name == member.name })?.schema else { continue }
                if !member.value.isNull {
                    schema.refuseStrangers(in: member.value, &errors)
                } else if !schema.isNullable, schema.shape != .anything {
                    errors.add(member.value, .notNull, "Must have a value.")
                }
            }
        case .array(let element, _, _):
            for part in value.elements ?? [] { element.refuseStrangers(in: part, &errors) }
        case .map(let element, _):
            for member in value.members ?? [] { element.refuseStrangers(in: member.value, &errors) }
        // The decoder tells of such a number without its place.
        case .integer where value.isNumber && value.int64 == nil: errors.add(value, .wrongType, "Must be an integer of 64 bits.")
        case .anything, .boolean, .integer, .number, .string: break
        }
    }
}

extension JSONValue {
    /// A member of an object; nil where there is none.
    func member(_ name: String) -> JSONValue? { members?.first { $0.name == name }?.value }

    /// For objects whose schema cannot say what they have: records every member that has another name, and every null.
    func refuseStrangersAndNulls(beside names: Set<String>, _ errors: inout FieldErrors) {
        refuseMembers(beside: names, &errors)
        for member in members ?? [] where names.contains(member.name) && member.value.isNull {
            errors.add(member.value, .notNull, "Must have a value.")
        }
    }

    /// Records every member of an object that has another name.
    func refuseMembers(beside names: Set<String>, _ errors: inout FieldErrors) {
        for member in members ?? [] where !names.contains(member.name) { errors.add(member.value, .unknownField, "Is not known here.") }
    }
}

extension DecodingError {
    /// What is wrong, at the place in the request that the path inside the value leads to.
    fileprivate func fieldError(in value: JSONValue) -> FieldError {
        switch self {
        case .keyNotFound(let key, let context):
            FieldError(.pointer(Self.pointer(context.codingPath + [key], in: value)), .required, "Is missing.")
        case .typeMismatch(_, let context):
            FieldError(.pointer(Self.pointer(context.codingPath, in: value)), .wrongType, "Is of the wrong type.")
        case .valueNotFound(_, let context):
            FieldError(.pointer(Self.pointer(context.codingPath, in: value)), .notNull, "Must have a value.")
        case .dataCorrupted(let context):
            FieldError(.pointer(Self.pointer(context.codingPath, in: value)), .invalidFormat, "Is not valid here.")
        @unknown default:
            FieldError(.pointer(value.pointer), .invalid, "Cannot be read.")
        }
    }

    private static func pointer(_ path: [any CodingKey], in value: JSONValue) -> String {
        path.reduce(value.pointer) { $0 + "/" + ($1.intValue.map(String.init) ?? JSONPointer.escape($1.stringValue)) }
    }
}

extension JSONWriter {
    /// Writes a part of a document as the Domain writes it, with its members in the order of their names.
    mutating func field(_ name: StaticString, document value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // The Domain's documents hold nothing that JSON cannot.
        field(name, raw: (try? encoder.encode(value)).map { Array($0) } ?? Array("null".utf8))
    }
}
