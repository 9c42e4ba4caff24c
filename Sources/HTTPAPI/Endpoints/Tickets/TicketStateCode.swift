import Domain

/// The states of the standard life cycle, where a request names one.
enum TicketStateCode {
    static let names = Lifecycle.standard.states.map(\.state.rawValue)
    static let schema = JSONSchema.string(StringShape(values: names))

    static let parameter = ParameterType<TicketState>(schema, "one of: " + names.joined(separator: ", ")) { text in
        names.contains(text) ? TicketState(rawValue: text) : nil
    }

    static let type = JSONType<TicketState>(schema) { value, errors -> TicketState? in
        guard let text = value.string else { return errors.wrongType(value, "a string") }
        guard names.contains(text) else {
            errors.add(value, .notAllowed, "Must be one of: " + names.joined(separator: ", ") + ".")
            return nil
        }
        return TicketState(rawValue: text)
    }
}
