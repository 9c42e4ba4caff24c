import Glibc
import Logging
public import ServiceLifecycle

/// A private PostgreSQL server that one process makes, runs and stops: what `docket dev` stands on.
///
/// It listens on loopback only, asks for a random password, and is as durable as a production server. It runs in a session of its own, so
/// that Ctrl-C reaches Docket first and the server is stopped last. When the server ends by itself it is started again; when Docket is
/// killed, the server lives on until the next ``prepare(_:logger:)`` on the same directory ends it.
public final class EmbeddedPostgres: Service {
    /// How to reach the server, once it runs; it stays the same when the server is restarted.
    public let address: Address

    let configuration: Configuration
    let directory: ClusterDirectory
    let programs: PostgresPrograms
    let logger: Logger
    /// Held for as long as this object lives.
    private let lock: ClusterLock

    init(
        configuration: Configuration,
        directory: ClusterDirectory,
        programs: PostgresPrograms,
        address: Address,
        lock: ClusterLock,
        logger: Logger
    ) {
        self.configuration = configuration
        self.directory = directory
        self.programs = programs
        self.address = address
        self.lock = lock
        self.logger = logger
    }

    /// Runs the server until a graceful shutdown or a cancellation.
    ///
    /// - Throws: ``EmbeddedPostgresError`` when the server cannot be started, or keeps ending by itself.
    public func run() async throws {
        try await withServer { _ in
            try await gracefulShutdown()
        }
    }

    /// Starts the server, runs `body` once connections are accepted, and stops the server before it returns.
    ///
    /// - Throws: what `body` throws, or ``EmbeddedPostgresError``; `body` is cancelled when the server is lost for good.
    public func withServer<Result: Sendable>(_ body: @escaping @Sendable (Address) async throws -> Result) async throws -> Result {
        let (readiness, ready) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await self.supervise { ready.yield() }
                return nil
            }
            group.addTask {
                for await _ in readiness {
                    return try await body(self.address)
                }
                throw CancellationError()
            }
            // Leaving the group waits for the supervisor, whose cancellation stops the server.
            defer { group.cancelAll() }
            while let outcome = try await group.next() {
                if let outcome { return outcome }
            }
            throw CancellationError()
        }
    }

    /// Asks the server for an immediate shutdown and does not wait for it: for a process that has to end now. The next start recovers from the server's log.
    public func abandon() {
        for pid in ClusterProcesses(directory).running() { kill(pid, SIGQUIT) }
    }
}
