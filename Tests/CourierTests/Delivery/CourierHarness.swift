import Courier
import Domain
import Logging
import Postgres
import ServiceLifecycle
import Store
import TestSupport
import UseCases

/// Runs couriers beside a test.
struct CourierHarness {
    let database: TestDatabase
    var configuration = CourierConfiguration()
    var wakeUps = WakeUpSource(listener: nil)
    var mail: RecordingMailTransport?
    var logger = TestServer.logger
    /// The sealed form of these tests is the text itself, unless told.
    var secrets = WebhookSecretOpener { sealed, _, _ in WebhookSecret(String(decoding: sealed, as: UTF8.self)) }

    init(database: TestDatabase) {
        self.database = database
        configuration.pollInterval = .milliseconds(200)
    }

    func service(_ client: PostgresClient, _ transport: any WebhookTransport) throws -> CourierService {
        let sender = try EmailAddress("desk@example.com").map { try Mailbox(name: "Desk", address: $0) }
        var mailService: (transport: any MailTransport, sender: Mailbox)?
        if let mail, let sender { mailService = (mail, sender) }
        return CourierService(
            deliveries: Deliveries(database: Database(client: client)),
            wakeUps: wakeUps,
            webhooks: transport,
            secrets: secrets,
            mail: mailService,
            configuration: configuration,
            logger: logger
        )
    }

    /// Runs a courier around the body, and then stops it at once.
    func run(_ transport: any WebhookTransport, _ body: @Sendable () async throws -> Void) async throws {
        try await database.withClient(role: "docket_courier") { client in
            let service = try service(client, transport)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await service.run() }
                try await body()
                group.cancelAll()
            }
        }
    }

    /// Runs a courier around the body, and then shuts it down gracefully.
    func runGracefully(_ transport: any WebhookTransport, _ body: @Sendable () async throws -> Void) async throws {
        try await database.withClient(role: "docket_courier") { client in
            let services = ServiceGroup(services: [try service(client, transport)], logger: TestServer.logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                try await body()
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }
}
