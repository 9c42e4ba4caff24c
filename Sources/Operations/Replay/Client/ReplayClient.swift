import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Talks to the API: a bounded number of connections, a time limit for each try, tries again where the server asks for it.
struct ReplayClient: Sendable {
    static let maximumConnections = 16
    private static let maximumBodyBytes = 8 << 20
    private static let userAgent = "docket-replay/1"

    private let client: HTTPClient
    private let base: String
    private let key: String
    private let retries: ReplayRetries
    private let timeout: Duration

    /// - Parameter base: the API's address, without a slash at its end.
    private init(client: HTTPClient, base: String, key: String, retries: ReplayRetries, timeout: Duration) {
        self.client = client
        self.base = base
        self.key = key
        self.retries = retries
        self.timeout = timeout
    }

    /// Opens the client for as long as the body runs.
    static func with<Result: Sendable>(
        base: String,
        key: String,
        retries: ReplayRetries = ReplayRetries(),
        timeout: Duration = .seconds(30),
        _ body: (ReplayClient) async throws -> Result
    ) async throws -> Result {
        var settings = HTTPClient.Configuration(redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5)), decompression: .disabled)
        settings.httpVersion = .http1Only
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = maximumConnections
        settings.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        do {
            let result = try await body(ReplayClient(client: client, base: base, key: key, retries: retries, timeout: timeout))
            try await client.shutdown()
            return result
        } catch {
            // The body's error says more than one of the shutdown.
            try? await client.shutdown()
            throw error
        }
    }

    /// Sends a request and reads the answer as a value.
    ///
    /// - Throws: ``ReplayError`` for any answer but 2xx.
    func send<Value: Decodable & Sendable>(_ request: ReplayRequest, as type: Value.Type) async throws -> Value {
        let response = try await answer(to: request)
        guard (200..<300).contains(response.status) else { throw ReplayError(response, to: request) }
        return try response.decode(type, from: request)
    }

    /// Sends a request whose answer has nothing to say.
    func send(_ request: ReplayRequest) async throws {
        let response = try await answer(to: request)
        guard (200..<300).contains(response.status) else { throw ReplayError(response, to: request) }
    }

    /// Sends a request until there is a final answer.
    ///
    /// - Parameter wait: how much longer than usual the server may take.
    /// - Throws: ``ReplayError/unreachable(_:)``, or `CancellationError`.
    func answer(to request: ReplayRequest, allowing wait: Duration = .zero) async throws -> ReplayResponse {
        var attempt = 1
        while true {
            let response = try await attemptOnce(request, within: timeout + wait)
            guard let pause = retries.pause(after: attempt, response) else {
                guard let response else { throw ReplayError.unreachable(request.label) }
                return response
            }
            try await Task.sleep(for: pause)
            attempt += 1
        }
    }

    /// - Returns: nil where no answer came.
    private func attemptOnce(_ request: ReplayRequest, within limit: Duration) async throws -> ReplayResponse? {
        do {
            let end = ContinuousClock.now.advanced(by: limit)
            let response = try await client.execute(prepared(request), timeout: TimeAmount(limit))
            guard let content = try await body(of: response, until: end) else { return nil }
            return ReplayResponse(
                status: Int(response.status.code),
                retryAfter: response.headers.first(name: "retry-after").flatMap { Int($0) }.map { max(0, $0) },
                body: Data(content.readableBytesView)
            )
        } catch {
            try Task.checkCancellation()
            return nil
        }
    }

    /// The client's own time limit ends with the head: a server that stopped after it would be waited for without end.
    ///
    /// - Returns: nil where not all of it came in time.
    private func body(of response: HTTPClientResponse, until end: ContinuousClock.Instant) async throws -> ByteBuffer? {
        let reading = Task { try await response.body.collect(upTo: Self.maximumBodyBytes) }
        let timer = client.eventLoopGroup.any().scheduleTask(in: TimeAmount(ContinuousClock.now.duration(to: end))) { reading.cancel() }
        defer { timer.cancel() }
        let content = try await withTaskCancellationHandler {
            try await reading.value
        } onCancel: {
            reading.cancel()
        }
        return reading.isCancelled ? nil : content
    }

    private func prepared(_ request: ReplayRequest) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: base + request.path)
        message.method = HTTPMethod(rawValue: request.method.rawValue)
        message.headers.add(name: "authorization", value: "Bearer \(key)")
        message.headers.add(name: "accept", value: "application/json")
        message.headers.add(name: "user-agent", value: Self.userAgent)
        if let key = request.idempotencyKey { message.headers.add(name: "idempotency-key", value: "\"\(key)\"") }
        if request.matchesAnyVersion { message.headers.add(name: "if-match", value: "*") }
        if let body = request.body {
            message.headers.add(name: "content-type", value: request.method == .patch ? "application/merge-patch+json" : "application/json")
            message.body = .bytes(ByteBuffer(bytes: body))
        }
        return message
    }
}
