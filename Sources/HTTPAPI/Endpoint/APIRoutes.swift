import Hummingbird

/// All operations with their handlers: what the server serves, the document describes and tests enumerate.
public struct APIRoutes: Sendable {
    struct Route: Sendable {
        let operation: Operation
        let register: @Sendable (RouterGroup<TenantContext>, EndpointEnvironment) -> Void
    }

    private(set) var routes: [Route] = []
    /// Whether a provider's agent sees a ticket; nil: he sees none.
    var isVisible: TicketVisibility?

    public init() {}

    /// The operations in the order of their adding.
    public var operations: [Operation] { routes.map(\.operation) }

    /// Adds an endpoint with its handler.
    public mutating func add<Path, Query, Body, Output>(
        _ endpoint: Endpoint<Path, Query, Body, Output>,
        handler: @escaping @Sendable (EndpointCall<Path, Query, Body, Output>) async throws -> Reply<Output>
    ) {
        let operation = endpoint.operation
        guard let scope = operation.scope else { preconditionFailure("an endpoint has a scope") }
        routes.append(
            Route(operation: operation) { router, environment in
                let responder = EndpointResponder(
                    operation: operation,
                    scope: scope,
                    environment: environment,
                    metrics: RouteMetrics(method: operation.method.rawValue, route: operation.path),
                    handler: handler
                )
                router.on(RouterPath(operation.path), method: operation.method, responder: responder)
            }
        )
    }
}
