/// A delivery that was given up: what it was and why, never its content.
public struct DeadDelivery: Sendable {
    /// The most tickets that are named of one.
    public static let maximumTickets = 20

    public let id: OutboxMessageID
    /// `webhook` or `mail`.
    public let kind: String
    /// nil for mail.
    public let endpoint: WebhookEndpointID?
    /// nil for a mail that was put together of several, and for mails from before it was kept.
    public let ticket: TicketID?
    /// The addresses of a mail; none of a webhook.
    public let recipients: [String]
    public let eventSequence: Int?
    public let eventType: String?
    public let attempts: Int
    public let reason: String
    public let createdAt: Timestamp
    public let diedAt: Timestamp
    /// What it is about: of a mail that was put together of several at most ``maximumTickets``; none where that was not kept yet.
    public let tickets: [TicketID]
    /// Whether it could be delivered again: its endpoint is there and active.
    public let isDeliverable: Bool

    public init(
        id: OutboxMessageID,
        kind: String,
        endpoint: WebhookEndpointID?,
        ticket: TicketID?,
        recipients: [String],
        eventSequence: Int?,
        eventType: String?,
        attempts: Int,
        reason: String,
        createdAt: Timestamp,
        diedAt: Timestamp,
        tickets: [TicketID],
        isDeliverable: Bool
    ) {
        self.id = id
        self.kind = kind
        self.endpoint = endpoint
        self.ticket = ticket
        self.recipients = recipients
        self.eventSequence = eventSequence
        self.eventType = eventType
        self.attempts = attempts
        self.reason = reason
        self.createdAt = createdAt
        self.diedAt = diedAt
        self.tickets = tickets
        self.isDeliverable = isDeliverable
    }
}
