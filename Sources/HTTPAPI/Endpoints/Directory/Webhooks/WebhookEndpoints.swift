import Domain
import HTTPTypes
import UseCases

/// Where a tenant wants to be told of its tickets.
enum WebhookEndpoints {
    typealias Path = DirectoryPath<WebhookEndpointContent>
    private static let tag = WebhookEndpointContent.names.path

    static let shared = DirectoryEndpoints<WebhookEndpointContent, PatchWebhookEndpoint>()
    static let create = Endpoint<NoPath, NoQuery, CreateWebhookEndpoint, CreatedWebhookResource>(
        "createWebhookEndpoint",
        .post,
        "/v1/webhook-endpoints",
        tag: tag,
        summary: "Makes a webhook endpoint",
        description: "The answer holds the signing secret, which is shown this once.",
        scope: .webhooksWrite,
        idempotency: .optional,
        hasEntityTag: true,
        statuses: [.created],
        problems: [.alreadyExists, .unavailable]
    )
    static let rotate = Endpoint<Path, NoQuery, RotateWebhookSecret, CreatedWebhookResource>(
        "rotateWebhookSecret",
        .post,
        "/v1/webhook-endpoints/{webhook_endpoint_id}/rotate-secret",
        tag: tag,
        summary: "Gives a webhook endpoint another signing secret",
        description:
            "The secret that is replaced signs beside it for a time. 409 where \(WebhookEndpointContent.maximumEarlierSecrets) earlier ones sign still.",
        scope: .webhooksWrite,
        idempotency: .optional,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.conflict, .unavailable]
    )
    static let delete = Endpoint<Path, NoQuery, NoBody, NoContent>(
        "deleteWebhookEndpoint",
        .delete,
        "/v1/webhook-endpoints/{webhook_endpoint_id}",
        tag: tag,
        summary: "Removes a webhook endpoint",
        description: "What still waits for it is not delivered. Refused while it is a channel of agents, of whom agent_ids names the first.",
        scope: .webhooksWrite,
        isConditional: true,
        statuses: [.noContent],
        problems: [.conflict, .unavailable]
    )

    static let operations = [create.operation] + shared.operations + [rotate.operation, delete.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let (commands, queries) = (environment.directory, environment.directoryQueries)
        shared.addRoutes(to: &routes, queries, update: commands.updateWebhookEndpoint)
        routes.add(create) { call in
            let body = call.body
            let outcome = try await commands.createWebhookEndpoint(
                url: body.url,
                note: body.note,
                eventTypes: body.eventTypes,
                in: call.principal.tenantID,
                idempotency: call.idempotency?.write { .webhook($0, secret: nil, isNew: true) }
            )
            return outcome.reply { .webhook($0.endpoint, secret: $0.secret, isNew: true) }
        }
        routes.add(rotate) { call in
            try await tagging(call.path.id) {
                try await commands.rotateWebhookSecret(
                    of: call.path.id,
                    in: call.principal.tenantID,
                    overlapSeconds: call.body.overlapSeconds,
                    expectedVersion: call.ifMatch?.precondition(on: call.path.id).expected,
                    idempotency: call.idempotency?.write { .webhook($0, secret: nil, isNew: false) }
                ).reply { .webhook($0.endpoint, secret: $0.secret, isNew: false) }
            }
        }
        routes.add(delete) { call in
            try await tagging(call.path.id) {
                let expected = call.ifMatch?.precondition(on: call.path.id).expected
                try await commands.deleteWebhookEndpoint(call.path.id, in: call.principal.tenantID, expectedVersion: expected)
                return .noContent
            }
        }
    }
}

extension Reply<CreatedWebhookResource> {
    fileprivate static func webhook(_ endpoint: WebhookEndpoint, secret: WebhookSigningSecret?, isNew: Bool) -> Reply {
        let resource = DirectoryResource(endpoint)
        let output = CreatedWebhookResource(endpoint: resource, secret: secret)
        return isNew
            ? .created(output, location: resource.location, entityTag: resource.entityTag) : .ok(output, entityTag: resource.entityTag)
    }
}
