/// A condition over a ticket's fields.
///
/// JSON: `{"all": [c…]}` · `{"any": [c…]}` · `{"not": c}` · `{"field": "organization_tier", "op": "equals", "value": "gold"}`.
public indirect enum TicketCondition: Hashable, Sendable {
    public enum Operation: String, CaseIterable, Hashable, Sendable, Codable {
        /// The field has exactly this value.
        case equals
        /// The field's text is one of a list.
        case oneOf = "one_of"
        /// The field, a list, holds this text; or it is a text in which this one stands anywhere, in any case.
        case contains
        /// The field, a number, is this or more.
        case atLeast = "at_least"
        /// The field, a number, is this or less.
        case atMost = "at_most"
        /// The field has a value (`true`) or none (`false`).
        case isSet = "is_set"
    }

    /// True when every part is; true for none, so `all([])` matches every ticket.
    case all([TicketCondition])
    /// True when some part is; false for none.
    case any([TicketCondition])
    case not(TicketCondition)
    case field(String, Operation, FieldValue)

    /// Whether a ticket with these fields meets the condition; a missing field meets only `is_set: false`.
    public func isMet(by fields: [String: FieldValue]) -> Bool {
        var texts = FoldedTexts()
        return isMet(by: fields, &texts)
    }

    /// - Parameter texts: of the same fields; for who asks several conditions.
    func isMet(by fields: [String: FieldValue], _ texts: inout FoldedTexts) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.isMet(by: fields, &texts) }
        case .any(let parts): parts.contains { $0.isMet(by: fields, &texts) }
        case .not(let part): !part.isMet(by: fields, &texts)
        case .field(let name, .contains, .text(let part)):
            if case .text(let text)? = fields[name] {
                texts.text(text, of: name, holds: part)
            } else {
                TicketCondition.compare(fields[name], .contains, .text(part))
            }
        case .field(let name, let operation, let value): TicketCondition.compare(fields[name], operation, value)
        }
    }

    private static func compare(_ field: FieldValue?, _ operation: Operation, _ value: FieldValue) -> Bool {
        switch (operation, field, value) {
        case (.isSet, _, .flag(let expected)): (field != nil) == expected
        case (.equals, let field?, _): field == value
        case (.oneOf, .text(let text)?, .list(let list)): list.contains(text)
        case (.contains, .list(let list)?, .text(let text)): list.contains(text)
        case (.atLeast, .number(let number)?, .number(let bound)): number >= bound
        case (.atMost, .number(let number)?, .number(let bound)): number <= bound
        // Exactly: 10000.99 is more than 10000. Of what has more than 64 bits the sign decides.
        case (.atLeast, .decimal(let number)?, .number(let bound)): Int64(exactly: number.rounded(.down)).map { $0 >= bound } ?? (number > 0)
        case (.atMost, .decimal(let number)?, .number(let bound)): Int64(exactly: number.rounded(.up)).map { $0 <= bound } ?? (number < 0)
        default: false
        }
    }

    /// Conditions in this tree, itself included.
    var count: Int {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.count }
        case .not(let part): 1 + part.count
        case .field: 1
        }
    }

    /// Whether every operation has a value of the kind that it compares with.
    var isWellTyped: Bool {
        switch self {
        case .all(let parts), .any(let parts): return parts.allSatisfy(\.isWellTyped)
        case .not(let part): return part.isWellTyped
        case .field(let name, let operation, let value):
            guard !name.isEmpty, name.utf8.count <= 100 else { return false }
            return switch (operation, value) {
            case (.equals, _), (.oneOf, .list), (.contains, .text), (.atLeast, .number), (.atMost, .number), (.isSet, .flag): true
            default: false
            }
        }
    }
}
