public import Domain
public import Logging
public import Postgres
public import ServiceLifecycle
public import Store
public import Telemetry
public import UseCases

/// One role's way to the database: the pool, the sender and the receiver of wake-ups, and the use cases on top.
public struct RoleRuntime: Sendable {
    public let client: PostgresClient
    public let environment: UseCaseEnvironment
    public let wakeUps: WakeUpSource
    /// Where the time zones of calendars come from.
    let zones: any TimeZoneSource
    /// What must run, first to last.
    public let services: [any Service]

    /// - Parameter configuration: logs in as the role; keeps at most its `maximumConnections`, and one more to listen.
    public init(configuration: PostgresConfiguration, zones: any TimeZoneSource, logger: Logger) {
        let client = PostgresClient(configuration: configuration, logger: logger)
        let notifier = Notifier(client: client, logger: logger)
        let listener = ListenService(configuration: configuration, client: client, logger: logger)
        self.client = client
        self.zones = zones
        environment = UseCaseEnvironment(database: Database(client: client), wakeUps: WakeUps(notifier: notifier), zones: zones)
        wakeUps = WakeUpSource(listener: listener)
        services = [client, notifier, listener]
    }

    /// Makes readiness depend on the database's answer. A pool that has no room and serves others is no reason against it: a proxy that took a loaded process out
    /// would give its work to the next.
    ///
    /// - Parameter patience: how lately a connection must have answered for a pool without room to count as busy, and not as cut off.
    public func register(with health: HealthRegistry, name: String, patience: Duration = .seconds(5)) {
        let (clock, client) = (environment.clock, client)
        health.register(name) {
            do {
                try await clock.read()
                return .ready
            } catch StoreError.unavailable(let cause) where cause.isForWantOfRoom {
                return await client.hasAnswered(within: patience) ? .ready : .notReady("the database does not answer")
            } catch {
                return .notReady("the database does not answer")
            }
        }
    }
}
