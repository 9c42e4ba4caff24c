/// One version ever in force of something that keeps its versions: a calendar, a policy, a chain.
public struct ContentVersion<Definition: Hashable & Sendable>: Hashable, Sendable {
    public let number: Int64
    public let definition: Definition
    /// From when it holds.
    public let since: Timestamp

    public init(number: Int64, definition: Definition, since: Timestamp) {
        self.number = number
        self.definition = definition
        self.since = since
    }
}
