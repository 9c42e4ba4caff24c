import Crypto
import Domain
import HTTPAPI
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing

/// The widgets' API with a key that may do everything and one that may only read.
struct TestAPI: Sendable {
    struct Keys: Authenticator {
        let full: APIKey
        let readOnly: APIKey
        /// Of a tenant that is suspended, as the tests of the whole system see it from outside.
        let suspended: APIKey

        func authenticate(_ key: APIKey) async throws -> Principal? {
            if key.lookupHash == suspended.lookupHash { throw Problem(.tenantSuspended) }
            let tenant = TenantID(high: 9, low: 9)
            if key.lookupHash == full.lookupHash { return Principal(tenantID: tenant, keyID: APIKeyID(high: 1, low: 1), scopes: .all) }
            if key.lookupHash == readOnly.lookupHash {
                return Principal(tenantID: tenant, keyID: APIKeyID(high: 1, low: 2), scopes: ScopeSet([.ticketsRead]))
            }
            return nil
        }
    }

    let keys: Keys
    let records = RecordStore()
    let server: APIServer

    init(
        _ configuration: APIServerConfiguration = APIServerConfiguration(port: 0),
        logger: Logger? = nil,
        now: @escaping @Sendable () -> Timestamp = { Timestamp(microseconds: 1_000_000) },
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        var generator = SystemRandomNumberGenerator()
        keys = Keys(
            full: APIKey.generate(using: &generator),
            readOnly: APIKey.generate(using: &generator),
            suspended: APIKey.generate(using: &generator)
        )
        var quiet = Logger(label: "test")
        quiet.logLevel = .critical
        server = APIServer(
            routes: WidgetEndpoints.routes(records: records),
            authenticator: keys,
            cursors: CursorSealer(key: SymmetricKey(size: .bits256), now: now),
            configuration: configuration,
            logger: logger ?? quiet,
            onRunning: onRunning
        )
    }

    func headers(_ more: HTTPFields = [:], key: APIKey? = nil, contentType: String? = "application/json") -> HTTPFields {
        var fields = more
        fields[.authorization] = "Bearer " + (key ?? keys.full).revealed
        if let contentType, fields[.contentType] == nil {
            fields[.contentType] = contentType
        }
        return fields
    }

    @discardableResult
    func run<Value>(_ setup: TestingSetup = .router, _ body: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        try await server.application.test(setup, body)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    func json() throws -> JSONDocument { try JSONDocument(Array(buffer: body)) }
}

/// Checks everything that all problems have in common, and returns the codes of the single errors with their places.
@discardableResult
func expectProblem(_ response: TestResponse, _ code: ProblemCode, sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
    #expect(response.status == code.status, "\(response.text)", sourceLocation: sourceLocation)
    #expect(response.headers[.contentType] == "application/problem+json; charset=utf-8", sourceLocation: sourceLocation)
    let root = try response.json().root
    #expect(SchemaChecker.violations(of: root, against: Problem.schema) == [], sourceLocation: sourceLocation)
    let members = Dictionary(uniqueKeysWithValues: try #require(root.members).map { ($0.name, $0.value) })
    #expect(members["code"]?.string == code.rawValue, sourceLocation: sourceLocation)
    // With what comes before it where the server knows how it is reached.
    #expect(members["type"]?.string?.hasSuffix(code.type(at: "")) == true, sourceLocation: sourceLocation)
    #expect(members["status"]?.int64 == Int64(code.status.code), sourceLocation: sourceLocation)
    let requestID = try #require(HTTPField.Name("Request-Id"))
    #expect(members["request_id"]?.string == response.headers[requestID], sourceLocation: sourceLocation)
    return (members["errors"]?.elements ?? []).map { error in
        let parts = Dictionary(uniqueKeysWithValues: (error.members ?? []).map { ($0.name, $0.value.string ?? "") })
        return "\(parts["pointer"] ?? parts["parameter"] ?? parts["header"] ?? "?") \(parts["code"] ?? "?")"
    }
}
