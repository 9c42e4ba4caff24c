import Courier
import Domain
import Store
import Synchronization
import TestSupport
import Testing
import UseCases

/// An endpoint whose secrets change, at a receiver that tells who signed what came.
final class RotationDesk: Sendable {
    let database: TestDatabase
    let environment: UseCaseEnvironment
    let masterKey = MasterKey()
    let tenant: TenantID
    private let deliveries: DeliveryDesk
    private let receiver: WebhookReceiver
    private let transport: HTTPWebhookTransport
    private let state = Mutex(State())

    private struct State {
        var endpoint: WebhookEndpointID?
        var secrets: [WebhookSigningSecret] = []
    }

    private init(deliveries: DeliveryDesk, environment: UseCaseEnvironment, receiver: WebhookReceiver, transport: HTTPWebhookTransport) {
        self.deliveries = deliveries
        self.environment = environment
        self.receiver = receiver
        self.transport = transport
        database = deliveries.database
        tenant = deliveries.tenant
    }

    static func with(_ body: @escaping @Sendable (RotationDesk) async throws -> Void) async throws {
        try await TestDatabase.with(hasTestClock: true) { database in
            try await database.freezeClock()
            let deliveries = try await DeliveryDesk.make(in: database)
            let transport = HTTPWebhookTransport(egress: EgressGuard(policy: .development))
            try await WebhookReceiver.with { receiver in
                try await database.withEnvironment { environment in
                    try await body(RotationDesk(deliveries: deliveries, environment: environment, receiver: receiver, transport: transport))
                }
            }
            await transport.shutdown()
        }
    }

    private var commands: DirectoryCommands {
        let vault = WebhookSecretVault(SecretBox(current: masterKey))
        return DirectoryCommands(environment: environment, tools: DirectoryTools(zones: NoZones(), secrets: vault) { _ in nil })
    }

    func create() async throws -> WebhookSigningSecret {
        guard case .done(let created) = try await commands.createWebhookEndpoint(url: receiver.url, in: tenant) else { throw UseCaseError.busy }
        state.withLock { $0 = State(endpoint: created.endpoint.id, secrets: [created.secret]) }
        return created.secret
    }

    @discardableResult
    func rotate(overlap: Int? = nil) async throws -> WebhookSigningSecret {
        let id = try await endpoint().id
        let outcome =
            if let overlap {
                try await commands.rotateWebhookSecret(of: id, in: tenant, overlapSeconds: overlap)
            } else {
                try await commands.rotateWebhookSecret(of: id, in: tenant)
            }
        guard case .done(let rotated) = outcome else { throw UseCaseError.busy }
        state.withLock { $0.secrets.append(rotated.secret) }
        return rotated.secret
    }

    /// Edits everything that can be edited.
    func edit() async throws {
        _ = try await commands.updateWebhookEndpoint(try await endpoint().id, in: tenant) { before in
            WebhookEndpointContent(url: before.url, note: "edited", sealedSecret: [])
        }
    }

    func endpoint() async throws -> WebhookEndpoint {
        let id = try #require(state.withLock { $0.endpoint })
        return try await DirectoryQueries(environment: environment).load(id, as: WebhookEndpointContent.self, in: tenant)
    }

    func advance(by seconds: Double) async throws {
        try await database.advanceClock(by: seconds)
        try await environment.clock.read()
    }

    /// The schedulers' hourly work.
    func keepHouse() async throws {
        try await database.withClient(role: "docket_scheduler") { client in
            _ = try await Housekeeping(database: Database(client: client)).run()
        }
    }

    /// Has a courier deliver something, and tells which of all secrets signed it, in the order of the signatures.
    func signers(masterKey: MasterKey? = nil) async throws -> [String] {
        let vault = WebhookSecretVault(SecretBox(current: masterKey ?? self.masterKey))
        var courier = CourierHarness(database: database)
        courier.secrets = WebhookSecretOpener { sealed, tenant, endpoint in
            WebhookSecret(try vault.open(sealed, of: endpoint, in: tenant).revealed)
        }
        try await deliveries.addRows(1, to: try await endpoint().id)
        try await courier.run(transport) { try await self.deliveries.expectEmptied() }
        let delivery = try #require(receiver.received.last)
        return try delivery.signature.split(separator: " ").map { signature in
            let secret = state.withLock(\.secrets).first { secret in
                WebhookSecret(secret.revealed).map {
                    WebhookSignature.isValid(String(signature), id: delivery.id, unixSeconds: delivery.time, body: delivery.body, secret: $0)
                } ?? false
            }
            return try #require(secret).revealed
        }
    }
}

/// Nothing here looks at a zone.
private struct NoZones: TimeZoneSource {
    func zone(named name: String) throws(TimeZoneError) -> TimeZoneRules { throw .unknown(name) }
}
