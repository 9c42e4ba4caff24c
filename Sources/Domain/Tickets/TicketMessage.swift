/// One message on a ticket: a public reply or an internal note.
public struct TicketMessage: Hashable, Sendable {
    public enum Visibility: String, CaseIterable, Hashable, Sendable, Codable {
        /// The customer sees it.
        case `public`
        case `internal`
    }

    public enum Author: Hashable, Sendable {
        case requester(RequesterID?)
        case agent(AgentID)
        case system

        /// Which of them, without saying who.
        public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
            case agent, requester, system
        }

        public var kind: Kind {
            switch self {
            case .requester: .requester
            case .agent: .agent
            case .system: .system
            }
        }
    }

    public let id: MessageID
    public let ticketID: TicketID
    public let visibility: Visibility
    public let author: Author
    /// 1 to 65,536 characters.
    public let body: String
    public let createdAt: Timestamp

    public init(id: MessageID, ticketID: TicketID, visibility: Visibility, author: Author, body: String, createdAt: Timestamp) {
        self.id = id
        self.ticketID = ticketID
        self.visibility = visibility
        self.author = author
        self.body = body
        self.createdAt = createdAt
    }
}
