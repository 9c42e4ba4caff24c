public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle

/// The admin port: health, metrics, and the routes that the process adds (operations.md 1).
///
/// Put it first in the service group: groups stop their services last to first, so the port still answers "not ready" while
/// everything else drains.
public struct AdminServer: Service {
    private let configuration: AdminServerConfiguration
    private let health: HealthRegistry
    private let registry: PrometheusRegistry
    private let addRoutes: @Sendable (Router<AdminRequestContext>) -> Void
    private let onListening: @Sendable (_ port: Int) async -> Void
    private let logger: Logger

    /// - Parameters:
    ///   - addRoutes: adds further routes, such as `POST /clock`.
    ///   - onListening: is told the port once the server listens.
    public init(
        configuration: AdminServerConfiguration,
        health: HealthRegistry,
        registry: PrometheusRegistry,
        logger: Logger,
        addRoutes: @escaping @Sendable (Router<AdminRequestContext>) -> Void = { _ in },
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.health = health
        self.registry = registry
        self.logger = logger
        self.addRoutes = addRoutes
        self.onListening = onListening
    }

    public func run() async throws {
        try await application().run()
    }

    /// The server without its life cycle, for tests.
    package func application() -> some ApplicationProtocol {
        let router = Router(context: AdminRequestContext.self)
        HealthRoutes(health: health).add(to: router)
        router.get("metrics") { [registry] _, _ in
            AdminResponse.bytes(registry.exposition(), contentType: ExpositionWriter.contentType)
        }
        addRoutes(router)
        return Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: .seconds(30))),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)
            ),
            onServerRunning: { [onListening] channel in
                await onListening(channel.localAddress?.port ?? 0)
            },
            logger: logger
        )
    }
}
