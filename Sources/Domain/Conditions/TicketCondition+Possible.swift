extension TicketCondition {
    /// The condition without the values that no ticket has: what compares with such a value alone becomes a comparison with nothing. Every ticket meets it
    /// exactly where it meets this one.
    ///
    /// Numbers are not looked at here: ``ConditionReasoning`` goes through those of the fields that have few.
    var possible: TicketCondition {
        switch self {
        case .all(let parts): .all(parts.map(\.possible))
        case .any(let parts): .any(parts.map(\.possible))
        case .not(let part): .not(part.possible)
        case .field(let name, .equals, .text(let text)) where !Self.mayBe(text, name): Self.nothing(name)
        case .field(let name, .oneOf, .list(let list)): .field(name, .oneOf, .list(list.filter { Self.mayBe($0, name) }))
        // An empty text is looked for in vain everywhere; the tag of a language alone has no part behind a hyphen.
        case .field(let name, .contains, .text(let text)) where text.isEmpty || (name == Self.primaryLanguage && text.contains("-")):
            Self.nothing(name)
        case .field: self
        }
    }

    private static let primaryLanguage = "primary_language"

    private static func nothing(_ name: String) -> TicketCondition { .field(name, .oneOf, .list([])) }

    /// Whether a ticket may have a text in a field; sound and not complete: "no" is always right.
    private static func mayBe(_ text: String, _ name: String) -> Bool {
        switch name {
        // An empty description is none (``TicketContent/fieldValues``).
        case "subject", TicketContent.descriptionField: !text.isEmpty
        // Tickets have languages in their customary case.
        case "language": LanguageTag.canonical(text) == text
        case primaryLanguage: LanguageTag.canonical(text) == text && LanguageTag.primary(of: text) == text
        default: true
        }
    }

    /// Its comparisons, each with its place.
    ///
    /// - Parameter pointer: where the tree stands.
    func comparisons(at pointer: String) -> [(pointer: String, comparison: TicketCondition)] {
        switch self {
        case .all(let parts): Self.comparisons(of: parts, at: pointer + "/all")
        case .any(let parts): Self.comparisons(of: parts, at: pointer + "/any")
        case .not(let part): part.comparisons(at: pointer + "/not")
        case .field: [(pointer, self)]
        }
    }

    private static func comparisons(of parts: [TicketCondition], at pointer: String) -> [(pointer: String, comparison: TicketCondition)] {
        parts.enumerated().flatMap { $0.element.comparisons(at: "\(pointer)/\($0.offset)") }
    }
}
