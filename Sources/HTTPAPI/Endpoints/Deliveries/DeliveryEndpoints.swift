import Domain
import HTTPTypes
import UseCases

/// Deliveries that were given up: to look at, and to be made again.
enum DeliveryEndpoints {
    private static let tag = "dead-deliveries"

    static let list = Endpoint<NoPath, DeadDeliveryQuery, NoBody, Page<DeadDeliveryResource>>(
        "listDeadDeliveries",
        .get,
        "/v1/dead-deliveries",
        tag: tag,
        summary: "Lists deliveries that were given up, the last first",
        scope: .deliveriesRead,
        problems: [.unavailable]
    )
    static let get = Endpoint<DeliveryPath, NoQuery, NoBody, DeadDeliveryDetail>(
        "getDeadDelivery",
        .get,
        "/v1/dead-deliveries/{delivery_id}",
        tag: tag,
        summary: "Shows a delivery that was given up, with its attempts",
        scope: .deliveriesRead,
        problems: [.unavailable]
    )
    static let redeliver = Endpoint<DeliveryPath, NoQuery, NoBody, RedeliveryResource>(
        "redeliverDelivery",
        .post,
        "/v1/dead-deliveries/{delivery_id}/redeliver",
        tag: tag,
        summary: "Makes a delivery again",
        description: "At once, under the same id and with a fresh schedule; it is no longer among those that were given up. 409 where its endpoint "
            + "is disabled.",
        scope: .deliveriesWrite,
        idempotency: .optional,
        problems: [.conflict, .unavailable]
    )
    static let redeliverAll = Endpoint<DirectoryPath<WebhookEndpointContent>, NoQuery, RedeliverAll, RedeliveryResource>(
        "redeliverToWebhookEndpoint",
        .post,
        "/v1/webhook-endpoints/{webhook_endpoint_id}/redeliver",
        tag: WebhookEndpointContent.names.path,
        summary: "Makes an endpoint's deliveries again that were given up",
        description: "At most \(DeadDeliveries.maximumRedelivery) a call, those first that were given up first. 409 where the endpoint is disabled.",
        scope: .deliveriesWrite,
        idempotency: .optional,
        problems: [.conflict, .unavailable]
    )

    static let operations = [list.operation, get.operation, redeliver.operation, redeliverAll.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let deliveries = environment.deliveries
        routes.add(list) { call in
            let page = call.query.page
            let rows = try await deliveries.list(
                in: call.principal.tenantID,
                filter: call.query.filter,
                after: call.query.after,
                limit: page.limit + 1
            )
            return .ok(try Page(rows: rows, of: page, cursor: DeadDeliveryQuery.cursor) { DeadDeliveryResource($0) })
        }
        routes.add(get) { call in
            let found = try await deliveries.delivery(call.path.id, in: call.principal.tenantID)
            return .ok(DeadDeliveryDetail(delivery: found.delivery, attempts: found.attempts))
        }
        routes.add(redeliver) { call in
            try await deliveries.redeliver(
                call.path.id,
                in: call.principal.tenantID,
                idempotency: call.idempotency?.write { .ok(RedeliveryResource(redelivery: $0)) }
            ).reply { .ok(RedeliveryResource(redelivery: $0)) }
        }
        routes.add(redeliverAll) { call in
            try await deliveries.redeliverAll(
                of: call.path.id,
                in: call.principal.tenantID,
                filter: call.body.filter,
                limit: call.body.limit,
                idempotency: call.idempotency?.write { .ok(RedeliveryResource(redelivery: $0)) }
            ).reply { .ok(RedeliveryResource(redelivery: $0)) }
        }
    }
}
