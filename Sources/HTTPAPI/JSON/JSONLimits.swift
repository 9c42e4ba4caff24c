/// The bounds of one JSON text (api.md 2).
public struct JSONLimits: Hashable, Sendable {
    /// How deeply objects and arrays may be nested.
    public var depth: Int
    /// How many values and member names there may be; bounds the memory that a body of brackets and commas can take.
    public var values: Int

    public init(depth: Int = 64, values: Int = 65_536) {
        self.depth = depth
        self.values = values
    }
}
