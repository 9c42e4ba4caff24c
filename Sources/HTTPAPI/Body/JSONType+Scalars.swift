public import Domain

extension JSONType where Value == String {
    /// One line of text, or with `lines` several; lengths in Unicode code points.
    public static func text(_ length: ClosedRange<Int>, lines: Bool = false) -> JSONType {
        let rule = TextRule(length: length, allowsLines: lines)
        return JSONType(rule.schema) { value, errors in
            guard let text = value.string else { return errors.wrongType(value, "a string") }
            if let failure = rule.failure(of: text) {
                errors.add(value, failure.code, failure.detail)
                return nil
            }
            return text
        }
    }
}

extension JSONType where Value == Bool {
    public static var boolean: JSONType {
        JSONType(.boolean) { value, errors in
            value.bool ?? errors.wrongType(value, "a boolean")
        }
    }
}

extension JSONType where Value == Int {
    /// An integer, read exactly.
    public static func integer(_ range: ClosedRange<Int>) -> JSONType {
        JSONType(.integer(in: Int64(range.lowerBound)...Int64(range.upperBound))) { value, errors in
            guard value.isNumber else { return errors.wrongType(value, "an integer") }
            guard let number = value.int64 else {
                errors.add(value, .wrongType, "Must be an integer.")
                return nil
            }
            guard let integer = Int(exactly: number), range.contains(integer) else {
                errors.add(value, .outOfRange, "Must be from \(range.lowerBound) to \(range.upperBound).")
                return nil
            }
            return integer
        }
    }
}

extension JSONType where Value == Timestamp {
    /// An RFC 3339 date and time with a zone.
    public static var timestamp: JSONType {
        JSONType(.timestamp) { value, errors in
            guard let text = value.string else { return errors.wrongType(value, "a string") }
            guard let time = Timestamp(text) else {
                errors.add(value, .invalidFormat, "Must be an RFC 3339 date and time with a zone.")
                return nil
            }
            return time
        }
    }
}

extension JSONType {
    /// The id of another thing; whether it exists is the use case's question.
    public static func id<Entity>(_ entity: Entity.Type = Entity.self) -> JSONType where Value == ID<Entity> {
        JSONType(.id) { value, errors in
            guard let text = value.string else { return errors.wrongType(value, "a string") }
            guard let id = ID<Entity>(text) else {
                errors.add(value, .invalidFormat, "Must be a UUID.")
                return nil
            }
            return id
        }
    }
}

extension JSONType where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a closed set of codes.
    public static var code: JSONType { code(of: Array(Value.allCases)) }

    /// One of some codes of a set.
    public static func code(of allowed: [Value]) -> JSONType {
        let values = allowed.map(\.rawValue)
        return JSONType(.string(StringShape(values: values))) { value, errors in
            guard let text = value.string else { return errors.wrongType(value, "a string") }
            guard let code = Value(rawValue: text), values.contains(text) else {
                errors.add(value, .notAllowed, "Must be one of: " + values.joined(separator: ", ") + ".")
                return nil
            }
            return code
        }
    }
}

extension FieldErrors {
    mutating func wrongType<Value>(_ value: JSONValue, _ expected: String) -> Value? {
        if value.isNull {
            add(value, .notNull, "Must be \(expected), not null.")
        } else {
            add(value, .wrongType, "Must be \(expected), not \(value.kindName).")
        }
        return nil
    }
}
