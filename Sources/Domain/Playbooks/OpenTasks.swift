/// The required tasks of a ticket that are to be done: what keeps it from being solved (features.md A4.7).
public struct OpenTasks: Hashable, Sendable {
    /// One of them.
    public struct Task: Hashable, Sendable {
        public let id: TicketTaskID
        public let title: String

        public init(id: TicketTaskID, title: String) {
            self.id = id
            self.title = title
        }
    }

    public let count: Int
    /// The first of them in their order; empty until they were looked up.
    public let first: [Task]

    /// The most that are named.
    public static let limit = 20

    public init(count: Int, first: [Task] = []) {
        self.count = count
        self.first = first
    }
}
