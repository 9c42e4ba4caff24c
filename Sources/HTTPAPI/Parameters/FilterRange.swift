/// The bounds that a range filter gives; at most one lower and one upper bound.
public struct FilterRange<Value: Sendable>: Sendable {
    public struct Bound: Sendable {
        public let value: Value
        public let isInclusive: Bool
    }

    public var lower: Bound?
    public var upper: Bound?

    public init(lower: Bound? = nil, upper: Bound? = nil) {
        self.lower = lower
        self.upper = upper
    }
}

extension FilterRange: Equatable where Value: Equatable {}
extension FilterRange.Bound: Equatable where Value: Equatable {}
