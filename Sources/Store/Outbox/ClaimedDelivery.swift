public import Domain
import Postgres

/// A row of the outbox that was claimed, with everything that its delivery needs.
public struct ClaimedDelivery: Sendable {
    public enum Content: Sendable {
        case webhook(Webhook)
        /// nil where the payload is not one that this version can read.
        case mail(MailPayload?)
        /// Stands for the notices that are kept for it (``LoadNotices``).
        case digest(MailPayload?)
    }

    public struct Webhook: Sendable {
        public let endpoint: WebhookEndpointID
        /// nil where the endpoint was deleted.
        public let target: Target?
        /// nil where there is no such event, or none that this version can read.
        public let event: TicketEvent?
        /// The ticket's number; nil where the ticket does not exist.
        public let number: Int64?
        /// Whom alone it tells, where his quiet hours were waited for.
        public let told: AgentID?
    }

    public struct Target: Sendable {
        public let url: String
        /// Those that sign at the time of the claim, the newest first.
        public let sealedSecrets: [[UInt8]]
    }

    public let lease: DeliveryLease
    /// Which attempt this is; the first is 1.
    public let attempt: Int
    /// How many claims in a row, before this one, left no record.
    public let lostAttempts: Int
    public let createdAt: Timestamp
    /// The database's time of the claim.
    public let claimedAt: Timestamp
    /// W3C's `traceparent` of the request that caused it, if there was one.
    public let traceparent: String?
    /// The `tracestate` that came with it.
    public let tracestate: String?
    /// What it is about; nil for a mail of several notices.
    public let ticket: TicketID?
    public let content: Content
}

extension ClaimedDelivery {
    /// A content that cannot be read must not keep the rows beside it from being claimed: it becomes nil.
    init(_ row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        lease = DeliveryLease(id: try columns.next(), token: try columns.next())
        attempt = Int(try columns.next(Int32.self))
        lostAttempts = max(0, Int(try columns.next(Int16.self)) - 1)
        createdAt = try columns.next()
        claimedAt = try columns.next()
        traceparent = try columns.nextOptional()
        tracestate = try columns.nextOptional()
        ticket = try columns.nextOptional()
        guard let endpoint = try columns.nextOptional(WebhookEndpointID.self) else {
            let payload = try columns.nextOptional(JSONB.self)
            let mail = payload.flatMap { try? DocumentCoding.decode(MailPayload.self, from: $0) }
            content = try columns.next(Bool.self) ? .digest(mail) : .mail(mail)
            return
        }
        let notice = try columns.nextOptional(JSONB.self).flatMap { try? DocumentCoding.decode(WebhookNotice.self, from: $0) }
        _ = try columns.next(Bool.self)
        let url = try columns.nextOptional(String.self)
        let secret = try columns.nextOptional(Bytes.self)
        let earlier = try columns.nextArray(Bytes.self)
        let number = try columns.nextOptional(Int64.self)
        var target: Target?
        if let url, let secret { target = Target(url: url, sealedSecrets: ([secret] + earlier).map(\.bytes)) }
        content = .webhook(Webhook(endpoint: endpoint, target: target, event: try? EventColumns.decode(&columns), number: number, told: notice?.told))
    }
}

/// What a webhook's row keeps beside its event (``EnqueueEscalationWebhooks``).
private struct WebhookNotice: Decodable {
    let told: AgentID
}
