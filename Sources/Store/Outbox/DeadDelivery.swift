public import Domain
import Postgres

/// A delivery that was given up: what it was and why, never its content.
public struct DeadDelivery: Sendable {
    public let id: OutboxMessageID
    /// `webhook` or `mail`.
    public let kind: String
    /// nil for mail.
    public let endpoint: WebhookEndpointID?
    public let ticket: TicketID?
    public let eventSequence: Int?
    public let eventType: String?
    public let attempts: Int
    public let reason: String
    public let createdAt: Timestamp
    public let diedAt: Timestamp
    /// Whether it could be delivered again: its endpoint is there and active.
    public let isDeliverable: Bool

    static let columns = """
        d.id, d.kind, d.endpoint_id, d.ticket_id, d.event_seq, d.event_type, d.attempts, d.reason, d.created_at, d.died_at, \
        d.kind = 'mail' OR EXISTS (SELECT FROM docket.webhook_endpoint w WHERE w.tenant_id = $1 AND w.id = d.endpoint_id AND w.status = 'active')
        """

    init(_ row: RowView) throws(DecodeError) {
        var columns = ColumnReader(row)
        id = try columns.next()
        kind = try columns.next()
        endpoint = try columns.nextOptional()
        ticket = try columns.nextOptional()
        eventSequence = try columns.nextOptional(Int32.self).map { Int($0) }
        eventType = try columns.nextOptional()
        attempts = Int(try columns.next(Int32.self))
        reason = try columns.next()
        createdAt = try columns.next()
        diedAt = try columns.next()
        isDeliverable = try columns.next()
    }
}

/// Which of them; nil parts do not filter.
public struct DeadDeliveryFilter: Hashable, Sendable {
    public var endpoint: WebhookEndpointID?
    public var eventType: String?
    public var diedFrom: Timestamp?
    public var diedBefore: Timestamp?

    public init() {}

    /// `$1` to `$5`.
    static let conditions = """
        d.tenant_id = $1 AND ($2::uuid IS NULL OR d.endpoint_id = $2) AND ($3::text IS NULL OR d.event_type = $3) \
        AND ($4::timestamptz IS NULL OR d.died_at >= $4) AND ($5::timestamptz IS NULL OR d.died_at < $5)
        """

    func bind(_ tenant: TenantID, into binder: inout Binder) {
        binder.append(tenant)
        binder.append(endpoint)
        binder.append(eventType)
        binder.append(diedFrom)
        binder.append(diedBefore)
    }
}
