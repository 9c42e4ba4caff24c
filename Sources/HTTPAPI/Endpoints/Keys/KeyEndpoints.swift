import Domain
import HTTPTypes
import UseCases

/// A tenant's API keys, for keys that may manage them.
enum KeyEndpoints {
    private static let tag = "api-keys"

    static let create = Endpoint<NoPath, NoQuery, CreateAPIKey, CreatedKeyResource>(
        "createAPIKey",
        .post,
        "/v1/api-keys",
        tag: tag,
        summary: "Makes an API key",
        description:
            "The answer holds the key, which is shown this once. It may do nothing that the key that asks may not, and is over no later. At most "
            + "\(APIKeys.maximumLive) that are not over (409).",
        scope: .keysWrite,
        idempotency: .optional,
        statuses: [.created],
        problems: [.conflict]
    )
    static let list = Endpoint<NoPath, PageQuery, NoBody, Page<KeyResource>>(
        "listAPIKeys",
        .get,
        "/v1/api-keys",
        tag: tag,
        summary: "Lists API keys, revoked ones too",
        scope: .keysRead
    )
    static let get = Endpoint<KeyPath, NoQuery, NoBody, KeyResource>(
        "getAPIKey",
        .get,
        "/v1/api-keys/{api_key_id}",
        tag: tag,
        summary: "Shows an API key, without the key itself",
        scope: .keysRead
    )
    static let revoke = Endpoint<KeyPath, RevocationQuery, NoBody, KeyResource>(
        "revokeAPIKey",
        .post,
        "/v1/api-keys/{api_key_id}/revoke",
        tag: tag,
        summary: "Revokes an API key",
        description:
            "Servers notice within ten seconds. Keys that it made go on unless told otherwise: `created_by` tells which they are. May be repeated.",
        scope: .keysWrite,
        problems: [.conflict]
    )

    static let operations = [create.operation, list.operation, get.operation, revoke.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let keys = environment.keys
        routes.add(create) { call in
            let (body, principal) = (call.body, call.principal)
            try body.check(for: principal)
            var generator = SystemRandomNumberGenerator()
            let key = APIKey.generate(using: &generator)
            let new = NewKey(
                key,
                named: body.name,
                scopes: ScopeSet(body.scopes),
                agent: body.agentID,
                intake: body.intake,
                expiresAt: body.expiresAt
            )
            return try await keys.create(
                new,
                in: principal.tenantID,
                by: principal.keyID,
                idempotency: call.idempotency?.write { .key($0, nil) }
            ).reply { .key($0, key) }
        }
        routes.add(list) { call in
            try await call.page(id: \.id, item: { KeyResource($0) }) { after, limit in
                try await keys.list(of: call.principal.tenantID, after: after, limit: limit)
            }
        }
        routes.add(get) { call in .ok(KeyResource(try await keys.key(call.path.id, of: call.principal.tenantID))) }
        routes.add(revoke) { call in
            let (principal, withDescendants) = (call.principal, call.query.withDescendants)
            return .ok(
                KeyResource(
                    try await keys.revoke(call.path.id, of: principal.tenantID, withDescendants: withDescendants, by: principal.keyID)
                )
            )
        }
    }
}

extension Reply<CreatedKeyResource> {
    fileprivate static func key(_ issued: IssuedKey, _ key: APIKey?) -> Reply {
        let resource = KeyResource(issued)
        return .created(CreatedKeyResource(resource: resource, key: key), location: resource.location)
    }
}
