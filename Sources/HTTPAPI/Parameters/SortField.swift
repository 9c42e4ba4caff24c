/// The `sort` parameter of a list: a whitelist of keys, each upwards or, with a minus sign, downwards.
public struct SortField<Key: RawRepresentable & CaseIterable & Hashable & Sendable>: Sendable where Key.RawValue == String {
    /// One key of an order.
    public struct Term: Hashable, Sendable {
        public let key: Key
        public let isDescending: Bool

        public init(_ key: Key, isDescending: Bool = false) {
            self.key = key
            self.isDescending = isDescending
        }
    }

    public let defaultOrder: [Term]
    public let maximumTerms: Int

    public init(defaultOrder: [Term], maximumTerms: Int = 2) {
        self.defaultOrder = defaultOrder
        self.maximumTerms = maximumTerms
    }

    public var parameter: ParameterDescription {
        let names = Key.allCases.flatMap { [$0.rawValue, "-" + $0.rawValue] }
        return ParameterDescription(
            "sort",
            .array(of: .string(StringShape(values: names)), count: 1...maximumTerms),
            "The order; a minus sign turns a key downwards. Ties are decided by the id.",
            isList: true
        )
    }

    /// The order that a text asks for, or nil where a key is unknown or there twice, or there are too many.
    func parse(_ text: String) -> [Term]? {
        var terms: [Term] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let isDescending = part.utf8.first == UInt8(ascii: "-")
            guard let key = Key(rawValue: String(isDescending ? part.dropFirst() : part)), !terms.contains(where: { $0.key == key }),
                terms.count < maximumTerms
            else { return nil }
            terms.append(Term(key, isDescending: isDescending))
        }
        return terms
    }
}
