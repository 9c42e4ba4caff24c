@testable import Domain

/// Conditions and tickets over few fields and values, so that they meet.
struct RandomConditions {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    private static let texts = ["a", "b", "c"]

    mutating func condition(depth: Int) -> TicketCondition {
        switch depth == 0 ? 3 : Int.random(in: 0..<6, using: &random) {
        case 0: return .all(parts(depth))
        case 1: return .any(parts(depth))
        case 2: return .not(condition(depth: depth - 1))
        default: return comparison()
        }
    }

    private mutating func parts(_ depth: Int) -> [TicketCondition] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in condition(depth: depth - 1) }
    }

    private mutating func comparison() -> TicketCondition {
        let number = FieldValue.number(Int64.random(in: 1...4, using: &random))
        switch Int.random(in: 0..<13, using: &random) {
        case 0: return .field("category", .equals, .text(text()))
        case 1: return .field("category", .oneOf, .list([text(), text()]))
        case 2: return .field("category", .isSet, .flag(Bool.random(using: &random)))
        case 3: return .field("priority", .atLeast, number)
        case 4: return .field("impact", Bool.random(using: &random) ? .atMost : .equals, number)
        case 5: return .field("state", .equals, .text(state()))
        case 6: return .field("fields.tags", .contains, .text(text()))
        case 7: return .field("category", .contains, .text(text()))
        case 8: return .field("weight", Bool.random(using: &random) ? .atMost : .atLeast, number)
        case 9: return .field("primary_language", .oneOf, .list([language(), language()]))
        case 10: return .field("description", Bool.random(using: &random) ? .equals : .contains, .text(Bool.random(using: &random) ? "" : text()))
        case 11: return .field("weight", .isSet, .flag(Bool.random(using: &random)))
        default: return .field("impact", .atLeast, Bool.random(using: &random) ? number : .text("a"))
        }
    }

    mutating func ticket() -> [String: FieldValue] {
        var fields: [String: FieldValue] = [
            "priority": .number(Int64.random(in: 1...4, using: &random)),
            "state": .text(state()),
            "requester_vip": .flag(Bool.random(using: &random)),
            "weight": .number(Int64.random(in: 0...5, using: &random)),
        ]
        if Bool.random(using: &random) { fields["category"] = .text(text()) }
        if Bool.random(using: &random) { fields["impact"] = .number(Int64.random(in: 1...3, using: &random)) }
        if Bool.random(using: &random) { fields["fields.tags"] = .list([text()]) }
        if Bool.random(using: &random) { fields["primary_language"] = .text(LanguageTag.primary(of: language())) }
        if Bool.random(using: &random) { fields["description"] = .text(text()) }
        return fields
    }

    private mutating func text() -> String { Self.texts[Int.random(in: 0..<3, using: &random)] }

    private mutating func language() -> String { ["fr", "fr-CA", "zh"][Int.random(in: 0..<3, using: &random)] }

    private mutating func state() -> String {
        let states = Lifecycle.standard.states
        return states[Int.random(in: 0..<states.count, using: &random)].state.rawValue
    }
}
