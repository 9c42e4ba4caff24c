/// The ticket that a new one comes from.
public struct TicketOrigin: Hashable, Sendable, Codable {
    public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        /// Messages of a ticket became a ticket of their own.
        case split
        /// The customer replied to a closed ticket (sla.md, "After `closed`").
        case followUp = "follow_up"
    }

    /// A message that a split carries over: it keeps its id, its author and its time.
    public struct Message: Hashable, Sendable, Codable {
        public var id: MessageID
        public var isPublic: Bool
        public var author: TicketMessage.Author.Kind
        public var at: Timestamp

        public init(_ message: TicketMessage) {
            id = message.id
            isPublic = message.visibility == .public
            author = message.author.kind
            at = message.createdAt
        }
    }

    public var kind: Kind
    public var ticketID: TicketID
    /// The number that people see.
    public var number: Int64
    /// What a split carries over, in the order of their times.
    public var messages: [Message]

    /// The most messages that one split carries over.
    public static let maximumMessages = 50

    public init(_ kind: Kind, of ticket: Ticket, messages: [TicketMessage] = []) {
        self.kind = kind
        ticketID = ticket.id
        number = ticket.number
        self.messages = messages.map(Message.init).sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }
}
