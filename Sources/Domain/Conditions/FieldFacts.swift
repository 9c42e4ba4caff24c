/// What is known of one field of a ticket: a closed world in which conditions can be decided without a ticket.
struct FieldFacts: Hashable, Sendable {
    /// Whether it has a value; nil: not known.
    private(set) var isSet: Bool?
    /// The only values that it may have; nil: any.
    private(set) var allowed: Set<FieldValue>?
    private(set) var excluded: Set<FieldValue> = []
    private(set) var minimum = Int64.min
    private(set) var maximum = Int64.max
    private(set) var contained: Set<String> = []
    private(set) var lacking: Set<String> = []

    /// Takes one comparison for true, or for false.
    ///
    /// What cannot be kept is forgotten: then less can be proved, and nothing wrong.
    mutating func take(_ operation: TicketCondition.Operation, _ value: FieldValue, is holds: Bool) {
        switch (operation, value, holds) {
        case (.isSet, .flag(let expected), _): set(expected == holds)
        case (.equals, _, true): restrict(to: [value])
        case (.equals, _, false): excluded.insert(value)
        case (.oneOf, .list(let list), true): restrict(to: Set(list.map(FieldValue.text)))
        case (.oneOf, .list(let list), false): excluded.formUnion(list.map(FieldValue.text))
        case (.contains, .text(let text), true):
            set(true)
            contained.insert(text)
        case (.contains, .text(let text), false): lacking.insert(text)
        case (.atLeast, .number(let number), true):
            set(true)
            minimum = max(minimum, number)
        case (.atMost, .number(let number), true):
            set(true)
            maximum = min(maximum, number)
        // Ill typed: never true of any ticket.
        case (_, _, true): restrict(to: [])
        default: break
        }
    }

    /// Takes a bound that does not hold of a field that always has a whole number: the number lies beyond it. Of other fields nothing follows, they may have
    /// something else or nothing.
    mutating func takeOpposite(of operation: TicketCondition.Operation, _ value: FieldValue) {
        guard case .number(let bound) = value else { return }
        switch operation {
        case .atLeast where bound > .min: maximum = min(maximum, bound - 1)
        case .atMost where bound < .max: minimum = max(minimum, bound + 1)
        default: break
        }
    }

    private mutating func set(_ flag: Bool) {
        if isSet == !flag { restrict(to: []) }
        isSet = flag
    }

    private mutating func restrict(to values: Set<FieldValue>) {
        if isSet == false { allowed = [] }
        isSet = true
        allowed = allowed.map { $0.intersection(values) } ?? values
    }

    /// The values that are left, where they are known.
    private var remaining: Set<FieldValue>? {
        allowed.map { $0.subtracting(excluded).filter(isInRange) }
    }

    private func isInRange(_ value: FieldValue) -> Bool {
        let isBounded = minimum > .min || maximum < .max
        if case .number(let number) = value { return (minimum...max(minimum, maximum)).contains(number) && number <= maximum }
        return !isBounded
    }

    /// Whether no ticket can be so.
    var isContradictory: Bool {
        if isSet == false { return allowed != nil || minimum > .min || maximum < .max || !contained.isEmpty }
        return remaining?.isEmpty ?? false || minimum > maximum || !contained.isDisjoint(with: lacking)
    }

    /// Whether a comparison holds; nil where it depends on the ticket.
    func decides(_ operation: TicketCondition.Operation, _ value: FieldValue) -> Bool? {
        if operation == .isSet, case .flag(let expected) = value { return isSet.map { $0 == expected } }
        if isSet == false { return false }
        let candidates: Set<FieldValue>
        switch (operation, value) {
        case (.equals, _): candidates = [value]
        case (.oneOf, .list(let list)): candidates = Set(list.map(FieldValue.text))
        case (.contains, .text(let text)): return contained.contains(text) ? true : lacking.contains(text) ? false : nil
        case (.atLeast, .number(let bound)):
            return decides(bound) {
                $0 >= bound
            } low: {
                minimum > .min && minimum >= bound
            } high: {
                maximum < bound
            }
        case (.atMost, .number(let bound)):
            return decides(bound) {
                $0 <= bound
            } low: {
                maximum < .max && maximum <= bound
            } high: {
                minimum > bound
            }
        default: return false
        }
        if let remaining {
            if remaining.isSubset(of: candidates) { return true }
            return remaining.isDisjoint(with: candidates) ? false : nil
        }
        return candidates.subtracting(excluded).filter(isInRange).isEmpty ? false : nil
    }

    private func decides(_ bound: Int64, _ test: (Int64) -> Bool, low: () -> Bool, high: () -> Bool) -> Bool? {
        if low() { return true }
        if high() { return false }
        guard let remaining else { return nil }
        let results = Set(remaining.map { value in if case .number(let number) = value { test(number) } else { false } })
        return results.count == 1 ? results.first : nil
    }
}
