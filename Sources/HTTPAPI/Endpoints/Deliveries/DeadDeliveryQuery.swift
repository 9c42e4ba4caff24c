import Domain
import UseCases

/// `/v1/dead-deliveries/{delivery_id}`
struct DeliveryPath: PathParameters {
    private static let field = PathField("delivery_id", .id(Entity.OutboxMessage.self), "Its id, which is the webhook-id of every attempt.")
    static let parameters = [field.parameter]
    let id: OutboxMessageID

    init(from reader: PathReader) throws(Problem) {
        id = try reader.value(Self.field)
    }
}

/// Which deliveries that were given up a list shows.
struct DeadDeliveryQuery: QueryParameters {
    private static let endpoint = QueryField("webhook_endpoint_id", .id(Entity.WebhookEndpoint.self), "To this endpoint.")
    private static let eventType = QueryField("event_type", .text(1...64), "Of events of this type: `ticket.assigned`.")
    private static let from = QueryField("given_up_at[gte]", .timestamp, "Given up at or after.")
    private static let before = QueryField("given_up_at[lt]", .timestamp, "Given up before.")
    static let parameters = [endpoint.parameter, eventType.parameter, from.parameter, before.parameter] + PageRequest.parameters

    let filter: DeadDeliveryFilter
    let page: PageRequest

    init?(from reader: inout QueryReader) {
        var filter = DeadDeliveryFilter()
        filter.endpoint = reader.value(Self.endpoint)
        filter.eventType = reader.value(Self.eventType)
        filter.diedFrom = reader.value(Self.from)
        filter.diedBefore = reader.value(Self.before)
        self.filter = filter
        page = reader.page()
    }

    /// The place after the last of the page before.
    var after: (diedAt: Timestamp, id: OutboxMessageID)? {
        page.afterTime(Entity.OutboxMessage.self).map { (diedAt: $0.time, id: $0.id) }
    }

    static func cursor(after delivery: DeadDelivery) -> Cursor {
        Cursor(delivery.diedAt, delivery.id)
    }
}

/// Which of an endpoint's deliveries are made again: all of them unless told.
struct RedeliverAll: RequestObject {
    private static let eventType = RequestField("event_type", .text(1...64), "Only those of events of this type.")
    private static let since = RequestField("since", .timestamp, "Only those given up at or after.")
    private static let until = RequestField("until", .timestamp, "Only those given up before.")
    private static let limit = RequestField("limit", .integer(1...DeadDeliveries.maximumRedelivery), "At most so many; 1000 unless told.")
    static let schema = JSONSchema.object("RedeliverAll", [eventType.optional, since.optional, until.optional, limit.optional], isClosed: true)

    let filter: DeadDeliveryFilter
    let limit: Int

    init?(from reader: inout ObjectReader) {
        var filter = DeadDeliveryFilter()
        filter.eventType = reader.optional(Self.eventType)
        filter.diedFrom = reader.optional(Self.since)
        filter.diedBefore = reader.optional(Self.until)
        self.filter = filter
        limit = reader.optional(Self.limit) ?? DeadDeliveries.maximumRedelivery
    }
}
