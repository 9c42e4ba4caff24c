/// What a string must be like.
public struct StringShape: Hashable, Sendable {
    /// In Unicode code points, as JSON Schema counts.
    public var minimumLength: Int?
    public var maximumLength: Int?
    public var format: String?
    public var pattern: String?
    /// The only texts allowed.
    public var values: [String]?

    public init(
        minimumLength: Int? = nil,
        maximumLength: Int? = nil,
        format: String? = nil,
        pattern: String? = nil,
        values: [String]? = nil
    ) {
        self.minimumLength = minimumLength
        self.maximumLength = maximumLength
        self.format = format
        self.pattern = pattern
        self.values = values
    }
}
