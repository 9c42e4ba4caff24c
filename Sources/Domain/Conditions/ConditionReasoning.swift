/// What follows from conditions for every ticket, without one at hand. Sound and not complete: an answer of "yes" is always right.
///
/// A condition is taken apart into cases, each a conjunction of comparisons; the fields with few values (state, priority, VIP, impact, urgency) are gone
/// through value by value, as long as that are not too many cases. Values that no ticket has are left out before (``TicketCondition/possible``).
public struct ConditionReasoning: Sendable {
    /// What a ticket may have in a field of few values; those that every ticket has come first.
    private let worlds: [(field: String, values: [FieldValue?])]

    /// Cases of one condition; beyond them nothing is proved.
    static let maximumCases = 256

    public init(lifecycle: Lifecycle) {
        let levels = ImpactLevel.allCases.map { FieldValue?.some(.number(Int64($0.rawValue))) } + [nil]
        worlds = [
            ("priority", Priority.allCases.map { .number(Int64($0.rawValue)) }),
            ("requester_vip", [.flag(true), .flag(false)]),
            (Ticket.stateField, lifecycle.states.map { .text($0.state.rawValue) }),
            ("impact", levels),
            ("urgency", levels),
        ]
    }

    /// Whether every ticket that meets the first condition meets the second one.
    public func implies(_ first: TicketCondition, _ second: TicketCondition) -> Bool {
        let (first, second) = (first.possible, second.possible)
        guard let cases = cases(of: first, and: second) else { return false }
        return cases.allSatisfy { $0.decides(second) == true }
    }

    /// Whether no ticket can meet all of these conditions.
    public func excludes(_ conditions: [TicketCondition]) -> Bool {
        let all = TicketCondition.all(conditions).possible
        guard let cases = cases(of: all, and: all) else { return false }
        return cases.allSatisfy { $0.decides(all) == false }
    }

    /// Whether a ticket may meet the condition while a field has a value.
    public func allows(_ condition: TicketCondition, _ field: String, _ value: FieldValue) -> Bool {
        !excludes([condition, .field(field, .equals, value)])
    }

    /// Whether every ticket that meets a condition meets some of several others, which it need not meet one by one.
    ///
    /// Found where what is left beside them contradicts itself field by field: a comparison and its opposite, all values of a field of few, with and
    /// without a value, ranges of the weight, the priority, the impact or the urgency that leave no gap, alone and beside other conditions. Not found: ranges of a
    /// tenant's own fields, which may hold text, and what follows from two fields together (a site of an area).
    public func implies(_ condition: TicketCondition, someOf others: [TicketCondition]) -> Bool {
        excludes([condition] + others.map { .not($0) })
    }

    /// The cases in which the first condition holds, apart for each value of the fields of few values that either looks at; nil where they are too many.
    private func cases(of first: TicketCondition, and second: TicketCondition) -> [ConditionCase]? {
        guard var cases = Self.expand(first, true) else { return nil }
        let names = first.fieldNames.union(second.fieldNames)
        for (name, values) in worlds where names.contains(name) {
            let more = cases.flatMap { known in values.map { known.having(name, $0) } }.filter { !$0.isContradictory }
            // Taken together they prove less, and nothing wrong.
            guard more.count <= Self.maximumCases else { continue }
            cases = more
        }
        return cases.filter { !$0.isContradictory }
    }

    private static func expand(_ condition: TicketCondition, _ holds: Bool) -> [ConditionCase]? {
        switch condition {
        case .field(let name, let operation, let value): return [ConditionCase().taking(name, operation, value, is: holds)]
        case .not(let part): return expand(part, !holds)
        case .all(let parts): return holds ? product(parts, holds) : union(parts, holds)
        case .any(let parts): return holds ? union(parts, holds) : product(parts, holds)
        }
    }

    private static func union(_ parts: [TicketCondition], _ holds: Bool) -> [ConditionCase]? {
        var cases: [ConditionCase] = []
        for part in parts {
            guard let more = expand(part, holds), cases.count + more.count <= maximumCases else { return nil }
            cases += more
        }
        return cases
    }

    private static func product(_ parts: [TicketCondition], _ holds: Bool) -> [ConditionCase]? {
        var cases = [ConditionCase()]
        for part in parts {
            guard let more = expand(part, holds), cases.count * more.count <= maximumCases else { return nil }
            cases = cases.flatMap { known in more.map { known.merging($0) } }
        }
        return cases
    }
}

/// Comparisons that hold together.
private struct ConditionCase {
    private struct Comparison {
        let field: String
        let operation: TicketCondition.Operation
        let value: FieldValue
        let holds: Bool
    }

    private static let weight = "weight"
    /// What every ticket has.
    private static let present: Set<String> = ["subject", "type", "channel", "priority", "requester_vip", weight, Ticket.stateField]

    private var comparisons: [Comparison] = []
    private var fields: [String: FieldFacts] = [:]

    private func facts(of field: String) -> FieldFacts {
        fields[field] ?? FieldFacts(isSet: Self.present.contains(field) ? true : nil)
    }

    func taking(_ field: String, _ operation: TicketCondition.Operation, _ value: FieldValue, is holds: Bool) -> ConditionCase {
        var taken = self
        taken.comparisons.append(Comparison(field: field, operation: operation, value: value, holds: holds))
        var facts = facts(of: field)
        facts.take(operation, value, is: holds)
        if field == Self.weight, !holds { facts.takeOpposite(of: operation, value) }
        taken.fields[field] = facts
        return taken
    }

    /// - Parameter value: nil where the field has none.
    func having(_ field: String, _ value: FieldValue?) -> ConditionCase {
        value.map { taking(field, .equals, $0, is: true) } ?? taking(field, .isSet, .flag(false), is: true)
    }

    func merging(_ other: ConditionCase) -> ConditionCase {
        other.comparisons.reduce(self) { $0.taking($1.field, $1.operation, $1.value, is: $1.holds) }
    }

    var isContradictory: Bool {
        fields.values.contains(where: \.isContradictory)
            // What was forgotten when it was taken may still be decided by what came later.
            || comparisons.contains { fields[$0.field]?.decides($0.operation, $0.value) == !$0.holds }
    }

    func decides(_ condition: TicketCondition) -> Bool? {
        switch condition {
        case .field(let name, let operation, let value): facts(of: name).decides(operation, value)
        case .not(let part): decides(part).map { !$0 }
        case .all(let parts): Self.combine(parts.map(decides), whole: true)
        case .any(let parts): Self.combine(parts.map(decides), whole: false)
        }
    }

    private static func combine(_ parts: [Bool?], whole: Bool) -> Bool? {
        if parts.contains(!whole) { return !whole }
        return parts.contains(nil) ? nil : whole
    }
}
