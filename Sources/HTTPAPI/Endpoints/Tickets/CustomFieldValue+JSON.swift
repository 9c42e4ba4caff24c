public import Domain

extension CustomFieldValue: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .text(let text): writer.string(text)
        case .integer(let integer): writer.integer(integer)
        case .number(let number): writer.number(number)
        case .flag(let flag): writer.bool(flag)
        }
    }
}

extension JSONType where Value == CustomFieldValue {
    private static var rule: TextRule { TextRule(length: 0...10_000, allowsLines: true) }

    /// A text, a number or a yes/no.
    static var customField: JSONType {
        JSONType(JSONSchema(.anything, description: "A string, a number or a boolean.")) { value, errors in
            if let flag = value.bool { return .flag(flag) }
            if value.isNumber {
                if let integer = value.int64 { return .integer(integer) }
                if let number = value.exactDouble { return .number(number) }
                errors.add(value, .outOfRange, "Neither a 64-bit integer nor a Double is exactly this number.")
                return nil
            }
            guard let text = value.string else { return errors.wrongType(value, "a string, a number or a boolean") }
            if let failure = rule.failure(of: text) {
                errors.add(value, failure.code, failure.detail)
                return nil
            }
            return .text(text)
        }
    }
}
