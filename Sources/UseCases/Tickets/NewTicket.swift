public import Domain

/// A ticket to be created, as the caller gives it.
public struct NewTicket: Hashable, Sendable {
    public var content: TicketContent
    /// Given by hand; nil takes it from impact and urgency, else P3.
    public var priority: Priority?
    /// Given by hand; nil takes it from its queue's weights, else from the content.
    public var weight: Int?
    /// When it really came in, for imports: not in the future (sla.md, backdated).
    public var occurredAt: Timestamp?
    /// Of the key that it comes through.
    public var profile: IntakeProfile

    public init(
        content: TicketContent,
        priority: Priority? = nil,
        weight: Int? = nil,
        occurredAt: Timestamp? = nil,
        profile: IntakeProfile = .none
    ) {
        self.content = content
        self.priority = priority
        self.weight = weight
        self.occurredAt = occurredAt
        self.profile = profile
    }
}
