/// Reads the parameters of a query string and collects everything that is wrong with them.
public struct QueryReader {
    let query: QueryString
    let paging: PagingScope
    private var isUsed: [Bool]
    private(set) var errors = FieldErrors()
    /// A problem of a kind of its own, which goes before the collected ones: an expired cursor.
    var problem: Problem?

    init(_ query: QueryString, paging: PagingScope) {
        self.query = query
        self.paging = paging
        isUsed = Array(repeating: false, count: query.pairs.count)
    }

    /// A parameter with one value, or nil where it is absent or wrong.
    public mutating func value<Value>(_ field: QueryField<Value>) -> Value? {
        guard let text = text(of: field.name) else { return nil }
        return parse(text, as: field.type, of: field.name)
    }

    /// A parameter that must be there.
    public mutating func required<Value>(_ field: QueryField<Value>) -> Value? {
        guard let text = text(of: field.name) else {
            refuse(field.name, .required, "Is missing.")
            return nil
        }
        return parse(text, as: field.type, of: field.name)
    }

    /// A parameter with several values, separated by commas; empty where it is absent.
    public mutating func list<Value>(_ field: QueryField<Value>, maximum: Int) -> [Value] {
        guard let text = text(of: field.name) else { return [] }
        let parts = text.split(separator: ",", maxSplits: maximum, omittingEmptySubsequences: false)
        guard parts.count <= maximum else {
            refuse(field.name, .tooMany, "At most \(maximum) values.")
            return []
        }
        return parts.compactMap { parse(String($0), as: field.type, of: field.name) }
    }

    /// The bounds of a range, `name[gte]` and so on.
    public mutating func range<Value>(_ field: QueryField<Value>) -> FilterRange<Value> {
        var range = FilterRange<Value>()
        for mark in FilterOperator.allCases {
            let name = "\(field.name)[\(mark.rawValue)]"
            guard let text = text(of: name), let value = parse(text, as: field.type, of: name) else { continue }
            let isInclusive = mark == .greaterOrEqual || mark == .lessOrEqual
            let isLower = mark == .greaterOrEqual || mark == .greater
            guard (isLower ? range.lower : range.upper) == nil else {
                refuse(name, .notAllowed, "There is another \(isLower ? "lower" : "upper") bound already.")
                continue
            }
            if isLower {
                range.lower = FilterRange.Bound(value: value, isInclusive: isInclusive)
            } else {
                range.upper = FilterRange.Bound(value: value, isInclusive: isInclusive)
            }
        }
        return range
    }

    /// The order of a list.
    public mutating func sort<Key>(_ field: SortField<Key>) -> [SortField<Key>.Term] {
        guard let text = text(of: "sort") else { return field.defaultOrder }
        if let terms = field.parse(text) { return terms }
        let keys = Key.allCases.map(\.rawValue).joined(separator: ", ")
        refuse("sort", .notAllowed, "At most \(field.maximumTerms) of: \(keys), each once, with a minus sign to turn it.")
        return field.defaultOrder
    }

    /// Records an error of a parameter.
    public mutating func refuse(_ name: String, _ code: FieldErrorCode, _ detail: String) {
        errors.add(FieldError(.parameter(name), code, detail))
    }

    /// The decoded text of a parameter, which counts as known from then on.
    mutating func text(of name: String) -> String? {
        guard let index = query.pairs.firstIndex(where: { $0.name == name }) else { return nil }
        isUsed[index] = true
        return query.pairs[index].value
    }

    /// The problem that reading ended with, if any.
    mutating func finish() -> Problem? {
        for (index, pair) in query.pairs.enumerated() where !isUsed[index] {
            errors.add(FieldError(.parameter(String(pair.name.prefix(128))), .unknownParameter, "Is not known here."))
        }
        return problem ?? (errors.isEmpty ? nil : .invalid(errors.list))
    }

    private mutating func parse<Value>(_ text: String, as type: ParameterType<Value>, of name: String) -> Value? {
        if let value = type.parse(text) { return value }
        refuse(name, .invalidFormat, "Must be \(type.expectation).")
        return nil
    }
}
