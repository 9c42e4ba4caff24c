import Domain
import HTTPTypes
import UseCases

/// The operations that are the same for every kind of thing: list, get, update.
struct DirectoryEndpoints<Content: DirectoryContent, Change: ContentChange>: Sendable where Change.Content == Content {
    typealias Resource = DirectoryResource<Content>
    typealias Update =
        @Sendable (
            ID<Content.Kind>,
            TenantID,
            ExpectedVersions?,
            IdempotentWrite<Versioned<Content>>?,
            @escaping @Sendable (Content) throws -> Content
        ) async throws -> WriteOutcome<Versioned<Content>>

    let list: Endpoint<NoPath, DirectoryListQuery<Content>, NoBody, Page<Resource>>
    let get: Endpoint<DirectoryPath<Content>, NoQuery, NoBody, Resource>
    let update: Endpoint<DirectoryPath<Content>, NoQuery, Change, Resource>

    /// - Parameter isReplaced: whether a change is the whole document (PUT) instead of a merge patch.
    init(isReplaced: Bool = false) {
        let names = Content.names
        list = Endpoint(
            "list\(names.plural)",
            .get,
            "/v1/\(names.path)",
            tag: names.path,
            summary: "Lists \(names.path.replacing("-", with: " "))",
            scope: names.read,
            problems: [.unavailable]
        )
        get = Endpoint(
            "get\(names.type)",
            .get,
            names.item,
            tag: names.path,
            summary: "Shows \(names.phrase)",
            scope: names.read,
            hasEntityTag: true,
            problems: Content.isKeptWhenDeleted ? [.gone, .unavailable] : [.unavailable]
        )
        update = Endpoint(
            "\(isReplaced ? "replace" : "update")\(names.type)",
            isReplaced ? .put : .patch,
            names.item,
            tag: names.path,
            summary: "\(isReplaced ? "Replaces" : "Changes") \(names.phrase)",
            scope: names.write,
            idempotency: .optional,
            isConditional: true,
            hasEntityTag: true,
            problems: Content.isKeptWhenDeleted ? [.alreadyExists, .gone, .unavailable] : [.alreadyExists, .unavailable]
        )
    }

    var operations: [Operation] { [list.operation, get.operation, update.operation] }

    func addRoutes(to routes: inout APIRoutes, _ queries: DirectoryQueries, update change: @escaping Update) {
        routes.add(list) { call in
            let page = call.query.page
            let rows = try await queries.list(
                Content.self,
                in: call.principal.tenantID,
                after: page.after(Content.Kind.self),
                limit: page.limit + 1,
                unique: call.query.unique
            )
            return .ok(try Page(rows: rows, of: page, cursor: { Cursor($0.id) }) { Resource($0) })
        }
        routes.add(get) { call in
            .resource(try await queries.load(call.path.id, as: Content.self, in: call.principal.tenantID))
        }
        routes.add(update) { call in
            let (id, tenant) = (call.path.id, call.principal.tenantID)
            return try await tagging(id) {
                let expected = call.ifMatch?.precondition(on: id).expected
                return try await placing(call.body.sentLists) {
                    try await change(id, tenant, expected, call.idempotency?.write { .resource($0) }) { call.body.applied(to: $0) }
                        .reply { .resource($0) }
                }
            }
        }
    }
}

/// The operation that makes a thing.
struct DirectoryCreation<New: NewContent>: Sendable {
    typealias Resource = DirectoryResource<New.Content>
    typealias Create =
        @Sendable (New.Content, TenantID, IdempotentWrite<Versioned<New.Content>>?) async throws -> WriteOutcome<Versioned<New.Content>>

    let endpoint: Endpoint<NoPath, NoQuery, New, Resource>

    init() {
        let names = New.Content.names
        endpoint = Endpoint(
            "create\(names.type)",
            .post,
            "/v1/\(names.path)",
            tag: names.path,
            summary: "Makes \(names.phrase)",
            scope: names.write,
            idempotency: .optional,
            hasEntityTag: true,
            statuses: [.created],
            problems: [.alreadyExists, .unavailable]
        )
    }

    func addRoute(to routes: inout APIRoutes, create: @escaping Create) {
        routes.add(endpoint) { call in
            try await placing(call.body.sentLists) {
                try await create(call.body.content, call.principal.tenantID, call.idempotency?.write { .newResource($0) }).reply { .newResource($0) }
            }
        }
    }
}

extension WriteOutcome {
    /// The answer: made now, or the one that was stored when the write was done.
    func reply<Output>(_ answer: (Value) -> Reply<Output>) -> Reply<Output> {
        switch self {
        case .done(let value): answer(value)
        case .replayed(let record): .replayed(record.response)
        }
    }
}
