import Domain
import HTTPTypes
import Hummingbird
import UseCases

/// Answers the requests to one endpoint: checks and reads everything, then calls the handler.
///
/// The order is that of cost and of secrecy: scope, then what the headers tell, then the path and the query, and the body last.
struct EndpointResponder<Path: PathParameters, Query: QueryParameters, Body: RequestObject, Output: ResponseObject>: HTTPResponder {
    typealias Context = TenantContext
    typealias Call = EndpointCall<Path, Query, Body, Output>

    let operation: Operation
    let scope: Scope
    let environment: EndpointEnvironment
    let metrics: RouteMetrics
    let handler: @Sendable (Call) async throws -> Reply<Output>

    func respond(to request: Request, context: TenantContext) async throws -> Response {
        context.exchange.matched(metrics, timeout: operation.timeout)
        guard context.principal.scopes.permits(scope) else { throw BearerCredential.insufficient(scope) }
        try await confine(context)
        let headers = RequestHeaders(request.headers)
        let call = try await read(request, headers, context)
        let trace = headers.trace.map { RequestTrace(parent: $0.traceparent, state: $0.state) }
        let reply = try await RequestTrace.$current.withValue(trace) { try await handler(call) }
        return reply.response(ifNoneMatch: operation.method == .get ? call.ifNoneMatch : nil)
    }

    /// Everything that the request says, checked.
    private func read(_ request: Request, _ headers: RequestHeaders, _ context: TenantContext) async throws -> Call {
        let answersCSV = try headers.requireAcceptable(isCSVOffered: operation.hasCSV) == .csv
        let target = RequestTarget(request.head.path)
        let query = try QueryString(target.query)
        let path = try Path(from: PathReader(context.parameters))
        let parameters = try read(query, path: target.path, of: context)
        let ifNoneMatch = try headers.ifNoneMatch()
        // No operation writes only where nothing is yet (api.md 4): to do it all the same would pass the condition over.
        if operation.method != .get, ifNoneMatch != nil { throw Problem(.preconditionFailed, "What writes heeds If-Match only.") }
        let ifMatch = try headers.ifMatch(isRequired: operation.isConditional)
        // What has no tag matches none (RFC 9110 13.1.1): the condition is never passed over.
        if !operation.acceptsIfMatch, operation.method != .get, case .tags = ifMatch { throw Problem.preconditionFailed(current: nil) }
        let key = try headers.idempotencyKey(operation.idempotency, isWrite: operation.method != .get)

        let (bytes, mediaType) = try await BodyReader(operation).bytes(of: request, exchange: context.exchange)
        let body = try BodyReader(operation).object(Body.self, from: bytes, mediaType: mediaType)
        let idempotency = key.map { key in
            Idempotency<Output>(
                request: IdempotencyRequest(
                    principal: context.principal,
                    key: key,
                    method: operation.method.rawValue,
                    pathTemplate: operation.path,
                    path: String(target.path),
                    query: query,
                    contentType: mediaType,
                    body: bytes
                )
            ) { $0.rendered() }
        }
        return Call(
            path: path,
            query: parameters,
            body: body,
            principal: context.principal,
            requestID: context.requestID,
            ifMatch: ifMatch,
            ifNoneMatch: ifNoneMatch,
            prefersCSV: answersCSV,
            idempotency: idempotency,
            logger: context.logger,
            exchange: context.exchange
        )
    }

    /// Keeps a provider's agent to his own tickets: here for all operations, so that none can forget it.
    private func confine(_ context: TenantContext) async throws {
        let principal = context.principal
        guard principal.isExternal else { return }
        guard let viewer = principal.viewer, ExternalAgents.operations.contains(operation.id) else {
            throw Problem(.forbidden, "The key acts for a provider's agent, who works on his own tickets only.")
        }
        if operation.pathParameters.contains(where: { $0.name == DirectoryPath<AgentContent>.field.name }) {
            guard try PathReader(context.parameters).value(DirectoryPath<AgentContent>.field) == viewer else { throw Problem.notFound }
        }
        guard operation.pathParameters.contains(where: { $0.name == TicketPath.field.name }) else { return }
        let ticket = try PathReader(context.parameters).value(TicketPath.field)
        guard let isVisible = environment.isVisible, try await isVisible(ticket, viewer, principal.tenantID) else { throw Problem.notFound }
    }

    private func read(_ query: QueryString, path: Substring, of context: TenantContext) throws(Problem) -> Query {
        let paging = PagingScope(
            sealer: environment.cursors,
            tenant: context.principal.tenantID,
            operation: operation.id,
            path: String(path)
        )
        var reader = QueryReader(query, paging: paging)
        let parameters = Query(from: &reader)
        if let problem = reader.finish() { throw problem }
        guard let parameters else { throw Problem(.internalError) }
        return parameters
    }
}
