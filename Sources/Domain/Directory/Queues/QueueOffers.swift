/// How a queue asks agents before they get its tickets (routing.md G).
public struct QueueOffers: Hashable, Sendable {
    /// What becomes of a ticket that nobody took in all rounds.
    public enum NoTaker: String, CaseIterable, Hashable, Sendable, Codable {
        /// It is assigned without asking.
        case assign
        /// It waits for somebody to claim it.
        case wait
    }

    /// For how long an agent may think about it.
    public var seconds: Int
    public var noTaker: NoTaker

    public init(seconds: Int, noTaker: NoTaker = .assign) {
        self.seconds = seconds
        self.noTaker = noTaker
    }
}
