import Courier
import Crypto
import Domain
public import HTTPAPI
public import Logging
import Store
public import UseCases

extension Engines {
    /// - Parameters:
    ///   - movedClock: what the age of cursors goes by where tests move the time.
    ///   - onRunning: is told the port once the API listens.
    public static func api(
        _ role: RoleRuntime,
        configuration: ProcessConfiguration,
        masterKeys: MasterKeyRing,
        logger: Logger,
        movedClock: MovedClock? = nil,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ListeningService<APIServer> {
        let tools = DirectoryTools(
            zones: role.zones,
            secrets: WebhookSecretVault(SecretBox(masterKeys)),
            addressRefusal: egressPolicy(configuration).refusal(of:)
        )
        let server = APIServerConfiguration(
            host: configuration.apiHost,
            port: configuration.apiPort,
            publicURL: configuration.publicURL,
            logsSuccesses: false
        )
        if server.address == nil, server.port > 0 {
            logger.notice("DOCKET_API_PUBLIC_URL is not set: the types of problems are addresses relative to the server")
        }
        let environment = APIEnvironment(useCases: role.environment, tools: tools, feedSignal: role.wakeUps)
        let service = APIServer(
            routes: APIOperations.routes(environment),
            authenticator: KeyAuthenticator(keys: KeyAuthentication(database: role.environment.database)),
            // The age of cursors is the one thing that this machine's clock decides: an hour's error makes one live a day and an hour.
            cursors: CursorSealer(
                key: masterKeys.current.derived(for: cursorPurpose),
                earlier: masterKeys.earlier.map { $0.derived(for: cursorPurpose) },
                now: { movedClock?.now() ?? MovedClock.machineTime() }
            ),
            configuration: server,
            logger: logger,
            describe: reason(of:),
            onRunning: onRunning
        )
        return ListeningService(service, host: server.host, port: server.port)
    }

    /// What the log says of an error that nobody expected: of the database's what it was, which holds no row data; of any other its type.
    static func reason(of error: any Error) -> String {
        let type = String(reflecting: type(of: error))
        return if case .unexpected(let cause)? = error as? StoreError { "\(type): \(cause)" } else { type }
    }

    private static let cursorPurpose = "docket cursors"
}
