/// A colleague who is asked about a ticket, which stays with its agent (features.md A3.7).
public struct Consultation: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable {
        case open, answered, cancelled
    }

    public let id: ConsultationID
    public let ticketID: TicketID
    public let askedBy: Actor
    /// Who is asked.
    public let agentID: AgentID
    /// 1 to 4,000 characters.
    public let question: String
    public let askedAt: Timestamp
    public let state: State
    /// The note that is the answer.
    public let answerID: MessageID?
    public let closedAt: Timestamp?

    public init(
        id: ConsultationID,
        ticketID: TicketID,
        askedBy: Actor,
        agentID: AgentID,
        question: String,
        askedAt: Timestamp,
        state: State = .open,
        answerID: MessageID? = nil,
        closedAt: Timestamp? = nil
    ) {
        self.id = id
        self.ticketID = ticketID
        self.askedBy = askedBy
        self.agentID = agentID
        self.question = question
        self.askedAt = askedAt
        self.state = state
        self.answerID = answerID
        self.closedAt = closedAt
    }
}
