public import Domain
import Store

/// Something to be sent now, leased to us.
public struct Delivery: Sendable {
    public enum Content: Sendable {
        case webhook(Webhook)
        case mail(MailPayload)
        /// It cannot be sent, now or later, for the reason given; bury it.
        case unsendable(String)
    }

    public struct Webhook: Sendable {
        public let endpoint: WebhookEndpointID
        public let url: String
        /// Those to sign with, the newest first.
        public let sealedSecrets: [[UInt8]]
        /// The same bytes at every attempt.
        public let body: [UInt8]
    }

    public let lane: DeliveryLane
    public let lease: DeliveryLease
    /// Which attempt this is; the first is 1.
    public let attempt: Int
    /// How many claims in a row, before this one, left no record: the process died, or lost the database for longer than the lease.
    public let lostAttempts: Int
    public let createdAt: Timestamp
    /// The database's time of the claim: the time of the attempt, since work begins at once.
    public let claimedAt: Timestamp
    /// W3C's `traceparent` of the request that caused it, if there was one.
    public let traceparent: String?
    /// The `tracestate` that came with it.
    public let tracestate: String?
    /// What it is about; nil for a mail of several notices.
    public let ticket: TicketID?
    public let content: Content

    /// A row that left no record this often in a row is buried unsent: it is likely to kill the process (reliability.md 1, Poison).
    public static let maximumLostAttempts = 3

    /// - Parameter digests: what the digests among the claimed rows say.
    init(_ claimed: ClaimedDelivery, digests: [OutboxMessageID: DigestMail], tenant: TenantID) {
        lease = claimed.lease
        attempt = claimed.attempt
        lostAttempts = claimed.lostAttempts
        createdAt = claimed.createdAt
        claimedAt = claimed.claimedAt
        traceparent = claimed.traceparent
        tracestate = claimed.tracestate
        ticket = claimed.ticket
        switch claimed.content {
        case .mail(let payload):
            lane = DeliveryLane(tenant: tenant, endpoint: nil)
            content = payload.map { .mail($0) } ?? .unsendable("the mail's payload cannot be read")
        case .digest(let payload):
            lane = DeliveryLane(tenant: tenant, endpoint: nil)
            let digest = digests[claimed.lease.id]
            let mail = payload.flatMap { digest?.payload(to: $0.to) }
            content = mail.map { .mail($0) } ?? .unsendable("the digest's notices cannot be read")
        case .webhook(let webhook):
            lane = DeliveryLane(tenant: tenant, endpoint: webhook.endpoint)
            content = Self.content(of: webhook)
        }
    }

    /// Where it goes; nil for what is no webhook.
    var url: String? {
        if case .webhook(let webhook) = content { webhook.url } else { nil }
    }

    private static func content(of webhook: ClaimedDelivery.Webhook) -> Content {
        guard let target = webhook.target else { return .unsendable("the endpoint does not exist any more") }
        guard let event = webhook.event, let number = webhook.number, let body = WebhookBody.render(event, number: number, told: webhook.told) else {
            return .unsendable("the event does not exist or cannot be read")
        }
        return .webhook(Webhook(endpoint: webhook.endpoint, url: target.url, sealedSecrets: target.sealedSecrets, body: body))
    }
}
