import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// The HTTP API as a service: ends by itself, after the requests in flight, when the group is told to shut down gracefully.
public struct APIServer: Service {
    /// What the server library runs; tests call it without a socket.
    public let application: Application<APIResponder>
    private let requests: InFlightRequests

    /// - Parameters:
    ///   - cursors: seals the lists' cursors.
    ///   - describe: what of an unexpected error may stand in the log; only its type's name unless told.
    ///   - onRunning: called with the bound port once the server listens.
    public init(
        routes: APIRoutes,
        authenticator: any Authenticator,
        cursors: CursorSealer,
        configuration: APIServerConfiguration = APIServerConfiguration(),
        logger: Logger,
        describe: @escaping @Sendable (any Error) -> String = { String(reflecting: type(of: $0)) },
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        let requests = InFlightRequests(
            limits: InFlightRequests.Limits(
                active: configuration.maximumRequestsInFlight,
                activeOfTenant: max(1, configuration.maximumRequestsInFlight / 2),
                waiting: configuration.maximumRequestsWaiting,
                waitingOfTenant: configuration.maximumRequestsWaitingOfTenant
            )
        )
        let address = ProblemAddress(configuration)
        let responder = APIResponder(
            router: APIServer.router(routes, authenticator: authenticator, cursors: cursors).buildResponder(),
            table: RouteTable([OpenAPIDocument.operation, ProblemGuide.operation] + routes.operations),
            requests: requests,
            timeout: configuration.timeout,
            log: AccessLog(includesSuccesses: configuration.logsSuccesses),
            describe: describe,
            address: address
        )
        let unreadTimeout = TimeAmount(configuration.unreadTimeout)
        var server = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(address: address, unreadTimeout: unreadTimeout)],
            idleTimeout: .seconds(configuration.idleSeconds)
        )
        server.httpDecoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: APILimits.headerBytes,
            maxHeaderListSize: APILimits.headerBytes,
            maxHeaderFieldCount: APILimits.headerCount
        )
        self.requests = requests
        application = Application(
            responder: responder,
            server: .http1(configuration: server),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                backlog: 1_024,
                availableConnectionsDelegate: .maximum(configuration.maximumConnections, logger: logger)
            ),
            services: [DeadlineSweep(requests: requests)],
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? configuration.port
                address.bind(to: port)
                await onRunning(port)
            },
            logger: logger
        )
    }

    /// How many requests are being answered, those that wait for events included.
    public var requestsInFlight: Int { requests.count }

    /// How many requests wait for events.
    public var requestsWaiting: Int { requests.waitingCount }

    /// Whether the server is stopping; readiness is false then.
    public var isDraining: Bool { requests.isDraining }

    public func run() async throws {
        try await withGracefulShutdownHandler {
            try await application.run()
        } onGracefulShutdown: {
            requests.drain()
        }
    }

    private static func router(_ routes: APIRoutes, authenticator: any Authenticator, cursors: CursorSealer) -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        let document = OpenAPIDocument(operations: routes.operations).compactBytes
        serve(document, as: MediaTypes.json, at: OpenAPIDocument.operation.path, on: router)
        serve(Array(ProblemGuide.text.utf8), as: ProblemGuide.mediaType, at: ProblemGuide.operation.path, on: router)
        let authenticated = router.group()
            .add(middleware: AuthenticationMiddleware(authenticator: authenticator))
            .group(context: TenantContext.self)
        let environment = EndpointEnvironment(cursors: cursors, isVisible: routes.isVisible)
        for route in routes.routes {
            route.register(authenticated, environment)
        }
        return router
    }

    /// A page that is the same for everybody.
    private static func serve(_ page: [UInt8], as mediaType: String, at path: String, on router: Router<APIContext>) {
        let metrics = RouteMetrics(method: "GET", route: path)
        // One for all answers: whoever asks for the page needs no key, and must not have memory of his own for it.
        let buffer = ByteBuffer(bytes: page)
        router.get(RouterPath(path)) { _, context in
            context.exchange.matched(metrics)
            return Response(status: .ok, headers: [.contentType: mediaType], body: ResponseBody(byteBuffer: buffer))
        }
    }
}
