/// What a queue does with tickets of a kind as they come in, ahead of the routing matrix (routing.md D, features.md A3.2).
public struct IntakeRule: Hashable, Sendable, Codable {
    public var name: String
    /// All must hold.
    public var conditions: [TicketCondition]
    /// One of them must be in the subject or the description, in whatever case; none asks for nothing.
    public var keywords: [String]
    public var set: IntakeSetting

    public static let maximumCount = 100
    public static let maximumConditions = 20
    public static let maximumKeywords = 50
    /// In characters.
    public static let maximumKeywordLength = 100
    /// Over all rules of a queue: every one may have to be looked for in a long description.
    public static let maximumKeywordsOfQueue = 1_000

    public init(name: String, conditions: [TicketCondition] = [], keywords: [String] = [], set: IntakeSetting) {
        self.name = name
        self.conditions = conditions
        self.keywords = keywords
        self.set = set
    }
}
