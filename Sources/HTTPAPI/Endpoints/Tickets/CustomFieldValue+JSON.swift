public import Domain

extension CustomFieldValue: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        switch self {
        case .text(let text): writer.string(text)
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
                if let number = value.double { return .number(number) }
                errors.add(value, .outOfRange, "The number is too large.")
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
