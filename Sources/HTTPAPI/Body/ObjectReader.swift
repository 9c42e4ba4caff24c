/// Reads the members of one object and collects everything that is wrong with them.
///
/// Every method returns nil where the member is absent or wrong; ``isValid`` tells at the end whether anything was.
public struct ObjectReader {
    /// More members than any object of the API has; keeps the set of the members read in one word.
    static let maximumMembers = 64

    private let object: JSONValue
    private var seen: UInt64 = 0
    public private(set) var errors: FieldErrors

    private init(_ object: JSONValue, errors: FieldErrors) {
        self.object = object
        self.errors = errors
    }

    /// Whether nothing wrong was found so far.
    public var isValid: Bool { errors.isEmpty }

    /// Reads a whole object, and refuses the members that its type does not know (api.md 2: mass assignment).
    static func read<Object: RequestObject>(_ type: Object.Type, from value: JSONValue, errors: inout FieldErrors) -> Object? {
        guard value.isObject else { return errors.wrongType(value, "an object") }
        guard value.count <= maximumMembers else {
            errors.add(value, .tooMany, "At most \(maximumMembers) members.")
            return nil
        }
        var reader = ObjectReader(value, errors: errors)
        let before = errors.list.count
        let object = Object(from: &reader)
        reader.refuseUnknown()
        errors = reader.errors
        return errors.list.count == before ? object : nil
    }

    /// A member that must be there.
    public mutating func required<Value>(_ field: RequestField<Value>) -> Value? {
        guard let value = find(field.name) else {
            errors.add(FieldError(.pointer(object.pointer + "/" + JSONPointer.escape(field.name.description)), .required, "Is missing."))
            return nil
        }
        return field.type.read(value, &errors)
    }

    /// A member that may be absent; null only where its type allows it.
    public mutating func optional<Value>(_ field: RequestField<Value>) -> Value? {
        guard let value = find(field.name) else { return nil }
        return field.type.read(value, &errors)
    }

    /// A member of a merge patch that null clears.
    public mutating func patch<Value>(_ field: RequestField<Value>) -> Patch<Value> {
        guard let value = find(field.name) else { return .keep }
        guard !value.isNull else { return .clear }
        return field.type.read(value, &errors).map { .set($0) } ?? .keep
    }

    /// Records an error that concerns two members or more, at the object itself or at one member.
    public mutating func refuse(_ name: StaticString? = nil, _ code: FieldErrorCode, _ detail: String) {
        if let name {
            errors.add(FieldError(.pointer(object.pointer + "/" + JSONPointer.escape(name.description)), code, detail))
        } else {
            errors.add(object, code, detail)
        }
    }

    /// Whether a member is there, whatever its value.
    public func has(_ name: StaticString) -> Bool {
        var copy = self
        return copy.find(name) != nil
    }

    private mutating func find(_ name: StaticString) -> JSONValue? {
        let document = object.document
        var child = object.index + 1
        var position: UInt64 = 0
        while child < document.nodes[object.index].next {
            if document.name(at: child, is: name) {
                seen |= 1 << position
                return JSONValue(document: document, index: child + 1)
            }
            child = Int(document.nodes[child + 1].next)
            position += 1
        }
        return nil
    }

    private mutating func refuseUnknown() {
        guard seen.nonzeroBitCount != object.count else { return }
        for (position, member) in (object.members ?? []).enumerated() where seen & 1 << UInt64(position) == 0 {
            errors.add(member.value, .unknownField, "Is not known here.")
        }
    }
}
