import Domain
import FoundationEssentials

extension JSONType where Value: Decodable {
    /// A part of a document that the Domain reads itself: calendars, policies and chains have one form in files, commands and here.
    ///
    /// - Parameters:
    ///   - names: the members that the value itself may have; others are refused, as everywhere in requests.
    ///   - inner: members that hold more values of the same kind, or lists of them.
    static func document(_ schema: JSONSchema, names: Set<String>, inner: Set<String> = []) -> JSONType {
        JSONType(schema) { value, errors in
            guard value.isStorable(&errors), refuseUnknown(in: value, names: names, inner: inner, &errors) else { return nil }
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

    private static func refuseUnknown(in value: JSONValue, names: Set<String>, inner: Set<String>, _ errors: inout FieldErrors) -> Bool {
        var isKnown = true
        for member in value.members ?? [] {
            if !names.contains(member.name) {
                errors.add(member.value, .unknownField, "Is not known here.")
                isKnown = false
            } else if inner.contains(member.name) {
                for part in member.value.elements ?? [member.value] {
                    isKnown = refuseUnknown(in: part, names: names, inner: inner, &errors) && isKnown
                }
            }
        }
        return isKnown
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
