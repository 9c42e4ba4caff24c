import HTTPTypes
public import Hummingbird
import Logging
import NIOCore
import Synchronization

/// The outermost layer: admits a request, lets the router answer it in its time, turns errors into problems, and finishes every answer
/// with the fields, the log line and the metrics that all of them have.
public struct APIResponder: HTTPResponder {
    public typealias Context = APIContext

    let router: RouterResponder<APIContext>
    let table: RouteTable
    let requests: InFlightRequests
    let timeout: Duration
    let log: AccessLog
    let unmatched = RouteMetrics(method: "_OTHER", route: "unmatched")
    let mapper = ProblemMapper()
    /// What of an unexpected error may stand in the log; its type's name unless told.
    let describe: @Sendable (any Error) -> String
    let address: ProblemAddress

    public func respond(to request: Request, context: APIContext) async throws -> Response {
        let exchange = context.exchange
        exchange.state.withLock { $0.address = address.text }
        var response: Response
        if let slot = requests.enter(exchange) {
            defer { requests.leave(slot) }
            exchange.state.withLock { $0.place = Exchange.Place(requests: requests, slot: slot) }
            response = await answer(request, context: context)
        } else {
            response = render(.retry(.temporaryReducedCapacity, after: 1), request, exchange)
        }
        await BodyRemainder(request: request, exchange: exchange).read()
        finish(&response, of: request, exchange)
        let duration = exchange.started.duration(to: .now)
        let route = exchange.state.withLock { $0.route } ?? unmatched
        route.record(status: response.status.code, duration: duration)
        log.write(request, status: response.status.code, duration: duration, exchange: exchange, logger: context.logger)
        return response
    }

    private func answer(_ request: Request, context: APIContext) async -> Response {
        let exchange = context.exchange
        do {
            if let target = request.head.path, target.utf8.count > APILimits.targetBytes { throw Problem(.targetTooLong) }
            try requireHost(request)
            try requirePlainCoding(request)
            try requirePlainPath(request)
            if let expectation = request.headers[.expect], !Expectation.isMet(expectation) { throw Problem(.expectationFailed) }
            let response = try await exchange.run(timeout: timeout) {
                try await router.respond(to: request, context: context)
            }
            // The router's own answer to what it has no route for.
            guard response.status == .notFound, context.coreContext.endpointPath.value == "NotFound" else { return response }
            return try unmatched(request)
        } catch {
            if exchange.isOverdue {
                return render(.retry(.timeout, after: 1), request, exchange)
            }
            let (problem, isUnexpected) = mapper.problem(for: error)
            if isUnexpected {
                context.logger.error("unexpected error", metadata: ["request_id": .string(exchange.requestID), "error": .string(describe(error))])
            }
            return render(problem, request, exchange)
        }
    }

    /// RFC 9112 3.2: exactly one `Host`. The first one becomes the authority; a second one would be what somebody else on the way goes by.
    private func requireHost(_ request: Request) throws(Problem) {
        guard request.head.authority == nil || request.headers.contains(where: { $0.name.canonicalName == "host" }) else { return }
        throw Problem(.malformedRequest, "A request has one Host.", headers: [.connection: "close"])
    }

    /// RFC 9112 6.1: whoever has coded his body in a way that the server does not undo is told so. The parser knows `chunked` alone, and passes over what stands before
    /// it. Where it is not the last one, nobody knows where the body ends (6.3).
    private func requirePlainCoding(_ request: Request) throws(Problem) {
        guard let field = request.headers[.transferEncoding] else { return }
        let codings = field.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        guard codings.last == "chunked" else {
            throw Problem(.malformedRequest, "The last transfer coding is chunked.", headers: [.connection: "close"])
        }
        guard codings.count > 1 else { return }
        throw Problem(.notImplemented, "The only transfer coding is chunked.", headers: [.connection: "close"])
    }

    /// A thing has one address: the router would take an empty segment for none.
    private func requirePlainPath(_ request: Request) throws(Problem) {
        let slash = UInt8(ascii: "/")
        var previous: UInt8 = 0
        var length = 0
        for byte in RequestTarget(request.head.path).path.utf8 {
            if byte == slash, previous == slash { throw .notFound }
            previous = byte
            length += 1
        }
        if previous == slash, length > 1 { throw .notFound }
    }

    private func unmatched(_ request: Request) throws(Problem) -> Response {
        guard let allowed = table.allowed(at: RequestTarget(request.head.path).path) else { throw .notFound }
        guard request.method == .options else { throw Problem(.methodNotAllowed, headers: [.allow: allowed]) }
        return Response(status: .noContent, headers: [.allow: allowed])
    }

    private func render(_ problem: Problem, _ request: Request, _ exchange: Exchange) -> Response {
        let address = exchange.state.withLock { state in
            state.problem = problem.code
            return state.address
        }
        let path = RequestTarget(request.head.path).path.prefix(512)
        let body = problem.body(instance: String(path), requestID: exchange.requestID, address: address)
        var headers = problem.headers
        headers[.contentType] = Problem.mediaType
        let response = Response(status: problem.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func finish(_ response: inout Response, of request: Request, _ exchange: Exchange) {
        response.headers[.requestID] = exchange.requestID
        if let id = ClientRequestID.valid(request.headers[.givenRequestID]) {
            response.headers[.clientRequestID] = id
        }
        SecurityHeaders.add(to: &response.headers)
        if requests.isDraining || BodyRemainder(request: request, exchange: exchange).isLeft {
            response.headers[.connection] = "close"
        }
    }
}
