/// What follows from conditions for every ticket, without one at hand. Sound and not complete: an answer of "yes" is always right.
///
/// A condition is taken apart into cases, each a conjunction of comparisons; the finite fields (state, priority) are gone through value by value.
public struct ConditionReasoning: Sendable {
    /// The values of the fields that every ticket has, and that have few.
    private let worlds: [String: [FieldValue]]

    /// Cases of one condition; beyond them nothing is proved.
    static let maximumCases = 256

    public init(lifecycle: Lifecycle) {
        worlds = [
            "state": lifecycle.states.map { .text($0.state.rawValue) },
            "priority": Priority.allCases.map { .number(Int64($0.rawValue)) },
            "requester_vip": [.flag(true), .flag(false)],
        ]
    }

    /// Whether every ticket that meets the first condition meets the second one.
    public func implies(_ first: TicketCondition, _ second: TicketCondition) -> Bool {
        guard let cases = cases(of: first, and: second) else { return false }
        return cases.allSatisfy { $0.decides(second) == true }
    }

    /// Whether no ticket can meet all of these conditions.
    public func excludes(_ conditions: [TicketCondition]) -> Bool {
        let all = TicketCondition.all(conditions)
        guard let cases = cases(of: all, and: all) else { return false }
        return cases.allSatisfy { $0.decides(all) == false }
    }

    /// Whether a ticket may meet the condition while a field has a value.
    public func allows(_ condition: TicketCondition, _ field: String, _ value: FieldValue) -> Bool {
        !excludes([condition, .field(field, .equals, value)])
    }

    /// The cases in which the first condition holds, apart for each value of the finite fields that either looks at; nil where they are too many.
    private func cases(of first: TicketCondition, and second: TicketCondition) -> [ConditionCase]? {
        guard var cases = Self.expand(first, true) else { return nil }
        let names = first.fieldNames.union(second.fieldNames)
        for (name, values) in worlds.sorted(by: { $0.key < $1.key }) where names.contains(name) {
            cases = cases.flatMap { known in values.map { known.taking(name, .equals, $0, is: true) } }.filter { !$0.isContradictory }
            guard cases.count <= Self.maximumCases else { return nil }
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

    private var comparisons: [Comparison] = []
    private var fields: [String: FieldFacts] = [:]

    func taking(_ field: String, _ operation: TicketCondition.Operation, _ value: FieldValue, is holds: Bool) -> ConditionCase {
        var taken = self
        taken.comparisons.append(Comparison(field: field, operation: operation, value: value, holds: holds))
        taken.fields[field, default: FieldFacts()].take(operation, value, is: holds)
        return taken
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
        case .field(let name, let operation, let value): (fields[name] ?? FieldFacts()).decides(operation, value)
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
