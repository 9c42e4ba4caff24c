import Crypto
import Deployment
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization
import TestSupport
import Testing
import UseCases

@testable import HTTPAPI

/// The real API over a real database, with two tenants; remembers which operations succeeded.
final class APIFixture: Sendable {
    enum Caller: Hashable, Sendable {
        case tenantA, tenantB, agentOfA
        /// A key of tenant A with these scopes.
        case scoped(ScopeSet)
        /// A key of tenant A that acts for an agent, with these scopes.
        case agent(AgentID, ScopeSet)
        /// A key of tenant A that acts for a provider's agent, with all scopes.
        case external(AgentID)
        /// A key of tenant A that says something about the tickets that come through it.
        case through(IntakeProfile)
        case nobody
    }

    let client: any TestClientProtocol
    let server: APIServer
    let database: TestDatabase
    let tenantA: TestTenant
    let tenantB: TestTenant
    /// Whom the key `agentOfA` acts for.
    let agentOfA: AgentID
    private let keys: FixedKeys
    private let succeeded = Mutex<Set<String>>([])

    private init(
        client: any TestClientProtocol,
        server: APIServer,
        database: TestDatabase,
        tenantA: TestTenant,
        tenantB: TestTenant,
        agentOfA: AgentID,
        keys: FixedKeys
    ) {
        self.client = client
        self.server = server
        self.database = database
        self.tenantA = tenantA
        self.tenantB = tenantB
        self.agentOfA = agentOfA
        self.keys = keys
    }

    var succeededOperations: Set<String> { succeeded.withLock { $0 } }

    static func with(
        _ configuration: APIServerConfiguration = APIServerConfiguration(port: 0),
        connections: Int = 4,
        lockTimeout: Duration? = nil,
        cursorTime: @escaping @Sendable () -> Timestamp = { Timestamp(microseconds: 1_000_000) },
        _ body: @escaping @Sendable (APIFixture) async throws -> Void
    ) async throws {
        try await TestDatabase.with { database in
            let tenantA = try await TestTenant.make(in: database)
            let tenantB = try await TestTenant.make(in: database)
            let agent = try await tenantA.addAgent()
            let keys = FixedKeys(tenantA: tenantA.id, tenantB: tenantB.id, agentOfA: agent)
            try await database.withEnvironment(connections: connections, lockTimeout: lockTimeout) { useCases in
                let environment = APIEnvironment(useCases: useCases, tools: tools, feedSignal: SilentSignal())
                var logger = Logger(label: "test")
                logger.logLevel = .error
                let server = APIServer(
                    routes: APIOperations.routes(environment),
                    authenticator: keys,
                    cursors: CursorSealer(key: SymmetricKey(size: .bits256), now: cursorTime),
                    configuration: configuration,
                    logger: logger,
                    describe: { "\($0)" }
                )
                try await server.application.test(.router) { client in
                    try await body(
                        APIFixture(
                            client: client,
                            server: server,
                            database: database,
                            tenantA: tenantA,
                            tenantB: tenantB,
                            agentOfA: agent,
                            keys: keys
                        )
                    )
                }
            }
        }
    }

    private static let tools = DirectoryTools(
        zones: ZoneFiles(),
        secrets: WebhookSecretVault(SecretBox(current: MasterKey())),
        addressRefusal: { $0.hasPrefix("https://") ? nil : "only https" }
    )

    /// Calls an operation by its id; ids fill the path's parameters. Whatever is refused must be refused with a problem that the operation documents.
    ///
    /// - Parameter isOrdinary: false where the tenant itself is gone, which no operation documents.
    func call(
        _ id: String,
        as caller: Caller = .tenantA,
        _ ids: [String: String] = [:],
        query: String = "",
        body: String? = nil,
        headers: HTTPFields = [:],
        isOrdinary: Bool = true
    ) async throws -> TestResponse {
        let operation = try #require(APIOperations.all.first { $0.id == id }, "no operation \(id)")
        var path = operation.path
        for parameter in operation.pathParameters {
            path = path.replacing("{\(parameter.name)}", with: try #require(ids[parameter.name], "\(id) needs \(parameter.name)"))
        }
        var fields = headers
        if let key = keys.key(of: caller) { fields[.authorization] = "Bearer " + key.revealed }
        if body != nil, fields[.contentType] == nil { fields[.contentType] = operation.bodyMediaType }
        let response = try await client.execute(
            uri: path + (query.isEmpty ? "" : "?" + query),
            method: operation.method,
            headers: fields,
            body: body.map { ByteBuffer(string: $0) }
        )
        if isOrdinary, [.clientError, .serverError].contains(response.status.kind) {
            let code = try response.json().root.members?.first { $0.name == "code" }?.value.string
            #expect(operation.allProblems.contains { $0.rawValue == code }, "\(id) does not document what it answered: \(response.text)")
        }
        return response
    }

    /// Calls an operation that must succeed, and checks the answer against the operation's description.
    @discardableResult
    func succeed(
        _ id: String,
        as caller: Caller = .tenantA,
        _ ids: [String: String] = [:],
        query: String = "",
        body: String? = nil,
        headers: HTTPFields = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let response = try await call(id, as: caller, ids, query: query, body: body, headers: headers)
        let operation = try #require(APIOperations.all.first { $0.id == id })
        let description = operation.responses.first { $0.status == response.status }
        let expected = try #require(description, "\(id): \(response.status) \(response.text)", sourceLocation: sourceLocation)
        succeeded.withLock { _ = $0.insert(id) }
        guard let schema = expected.schema else { return Answer(response: response, root: nil) }
        let root = try response.json().root
        #expect(SchemaChecker.violations(of: root, against: schema) == [], "\(id): \(response.text)", sourceLocation: sourceLocation)
        // A tag says nothing about what is told beside a thing.
        for header in expected.headers where header != "Link" && !(header == "ETag" && query.contains("include=")) {
            #expect(response.headers[try #require(HTTPField.Name(header))] != nil, "\(id) without \(header)", sourceLocation: sourceLocation)
        }
        return Answer(response: response, root: root)
    }
}

/// A checked answer.
struct Answer {
    let response: TestResponse
    let root: JSONValue?

    /// A member of the body, down a path of names and positions.
    func value(_ path: String...) throws -> JSONValue { try value(at: path) }

    func text(_ path: String...) throws -> String { try #require(try value(at: path).string) }

    private func value(at path: [String]) throws -> JSONValue {
        var value = try #require(root)
        for name in path {
            if let index = Int(name), let elements = value.elements {
                value = try #require(index < elements.count ? elements[index] : nil)
            } else {
                value = try #require(value.members?.first { $0.name == name }?.value, "no \(name)")
            }
        }
        return value
    }

    var entityTag: String { response.headers[.eTag] ?? "" }
    var ifMatch: HTTPFields { [.ifMatch: entityTag] }
}

/// Hints nothing: what the feed must do, it does without.
struct SilentSignal: FeedSignal {
    func hints() -> AsyncStream<Void> { AsyncStream { _ in } }
}

/// Three keys that may do everything, and others as tests ask for them.
private final class FixedKeys: Authenticator {
    private struct Known {
        let key: APIKey
        let principal: Principal
    }

    private let tenantA: TenantID
    private let tenantB: TenantID
    private let agentOfA: AgentID
    private let known = Mutex<[APIFixture.Caller: Known]>([:])

    init(tenantA: TenantID, tenantB: TenantID, agentOfA: AgentID) {
        self.tenantA = tenantA
        self.tenantB = tenantB
        self.agentOfA = agentOfA
    }

    func key(of caller: APIFixture.Caller) -> APIKey? {
        known.withLock { known in
            if let made = known[caller] { return made.key }
            guard let principal = principal(of: caller, key: APIKeyID(high: 1, low: UInt64(known.count))) else { return nil }
            var generator = SystemRandomNumberGenerator()
            let made = Known(key: APIKey.generate(using: &generator), principal: principal)
            known[caller] = made
            return made.key
        }
    }

    private func principal(of caller: APIFixture.Caller, key: APIKeyID) -> Principal? {
        switch caller {
        case .tenantA: Principal(tenantID: tenantA, keyID: key, scopes: .all)
        case .tenantB: Principal(tenantID: tenantB, keyID: key, scopes: .all)
        case .agentOfA: Principal(tenantID: tenantA, keyID: key, scopes: .all, agentID: agentOfA)
        case .scoped(let scopes): Principal(tenantID: tenantA, keyID: key, scopes: scopes)
        case .agent(let agent, let scopes): Principal(tenantID: tenantA, keyID: key, scopes: scopes, agentID: agent)
        case .external(let agent): Principal(tenantID: tenantA, keyID: key, scopes: .all, agentID: agent, isExternal: true)
        case .through(let intake): Principal(tenantID: tenantA, keyID: key, scopes: .all, intake: intake)
        case .nobody: nil
        }
    }

    func authenticate(_ key: APIKey) async throws -> Principal? {
        known.withLock { $0.values.first { $0.key.lookupHash == key.lookupHash }?.principal }
    }
}
