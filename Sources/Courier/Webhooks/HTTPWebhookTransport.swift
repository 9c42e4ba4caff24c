import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
package import NIOSSL
import Synchronization

/// Sends webhooks over HTTP/1.1: to a checked address, never through a redirect, bounded in time and in bytes (api.md 7).
public struct HTTPWebhookTransport: WebhookTransport {
    /// Limits of one attempt.
    public struct Configuration: Sendable {
        /// For each address that is tried.
        public var connectTimeout: Duration
        /// For everything: resolving, connecting, sending, and reading the answer.
        public var totalTimeout: Duration
        /// For the body of an answer, once its status is there: what the receiver says beyond that decides nothing.
        public var bodyTimeout: Duration = .seconds(2)
        /// How many hosts' connections are kept open for reuse.
        public var maximumKeptClients: Int
        /// Connections to one host: as many as there may be attempts at a time. Tenants share hosts, and an attempt that waited here for others to end would
        /// pay for their receivers.
        public var connectionsPerHost = CourierConfiguration().concurrency

        public init(connectTimeout: Duration = .seconds(5), totalTimeout: Duration = .seconds(15), maximumKeptClients: Int = 256) {
            self.connectTimeout = connectTimeout
            self.totalTimeout = totalTimeout
            self.maximumKeptClients = maximumKeptClients
        }
    }

    private let egress: EgressGuard
    private let configuration: Configuration
    private let clients: PinnedClients

    public init(egress: EgressGuard, configuration: Configuration = Configuration()) {
        self.init(egress: egress, configuration: configuration, trustRoots: nil)
    }

    /// - Parameter trustRoots: nil: the system's. Tests trust a certificate of their own.
    package init(egress: EgressGuard, configuration: Configuration, trustRoots: NIOSSLTrustRoots?) {
        self.egress = egress
        self.configuration = configuration
        let authorities = TrustedAuthorities(trustRoots)
        clients = PinnedClients(limit: configuration.maximumKeptClients) { key in
            HTTPWebhookTransport.makeClient(key, configuration: configuration, authorities: authorities)
        }
    }

    /// Closes the kept connections. Call it once, after the last ``send(_:)`` has returned.
    public func shutdown() async {
        await clients.shutdown()
    }

    public func send(_ request: WebhookRequest) async throws(WebhookTransportError) -> WebhookResponse {
        let work = Task { try await attempt(request) }
        let isLate = Atomic(false)
        // Not a task that sleeps: what is left of one that is cancelled stays until its time has come, and there are hundreds of attempts a second.
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(configuration.totalTimeout)) {
            isLate.store(true, ordering: .relaxed)
            work.cancel()
        }
        defer { timer.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await work.value
            } onCancel: {
                work.cancel()
            }
        } catch {
            // The attempt ends in an error of its own when it is stopped.
            if Task.isCancelled { throw .cancelled }
            throw isLate.load(ordering: .relaxed) ? .timeout : WebhookTransportError(error)
        }
    }

    private func attempt(_ request: WebhookRequest) async throws -> WebhookResponse {
        let addresses = ConnectOrder.tried(of: try await egress.destinations(of: request.url))
        var failure = WebhookTransportError.connect
        for address in addresses {
            let key = PinnedClients.Key(scheme: request.url.scheme, host: request.url.hostText, address: address)
            do {
                return try await clients.withClient(for: key) { try await exchange(request, through: $0) }
            } catch {
                failure = WebhookTransportError(error)
                // Only a connection that was never made is safe to try elsewhere within the same attempt.
                guard failure == .connect else { throw failure }
            }
        }
        throw failure
    }

    private func exchange(_ webhook: WebhookRequest, through client: HTTPClient) async throws -> WebhookResponse {
        var request = HTTPClientRequest(url: webhook.url.text)
        request.method = .POST
        request.headers = HTTPWebhookTransport.headers(of: webhook)
        request.body = .bytes(webhook.body)
        let response = try await client.execute(request, timeout: TimeAmount(configuration.totalTimeout))
        let excerpt = await excerpt(of: response.body)
        return WebhookResponse(
            status: Int(response.status.code),
            retryAfter: response.headers.first(name: "retry-after"),
            excerpt: String(decoding: excerpt.kept, as: UTF8.self),
            isTruncated: excerpt.isTruncated
        )
    }

    /// Reads for a short time of its own: a status that has come counts, whatever becomes of the body behind it. Was a 2xx not counted, the receiver
    /// would get what it has taken ten times.
    private func excerpt(of body: HTTPClientResponse.Body) async -> WebhookExcerpt {
        let reading = Task { await WebhookExcerpt.read(body) }
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(configuration.bodyTimeout)) { reading.cancel() }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await reading.value
        } onCancel: {
            reading.cancel()
        }
    }

    private static func headers(of webhook: WebhookRequest) -> HTTPHeaders {
        var headers = HTTPHeaders([
            ("content-type", "application/json"),
            ("user-agent", "Docket-Webhooks/1"),
            ("webhook-id", webhook.id),
            ("webhook-timestamp", String(webhook.unixSeconds)),
            (
                "webhook-signature",
                WebhookSignature.header(id: webhook.id, unixSeconds: webhook.unixSeconds, body: webhook.body, secrets: webhook.secrets)
            ),
        ])
        if let traceparent = webhook.traceparent {
            headers.add(name: "traceparent", value: traceparent)
        }
        if let tracestate = webhook.tracestate {
            headers.add(name: "tracestate", value: tracestate)
        }
        return headers
    }

    private static func makeClient(_ key: PinnedClients.Key, configuration: Configuration, authorities: TrustedAuthorities) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        if key.scheme == .https { tls.trustRoots = authorities.roots }
        tls.minimumTLSVersion = .tlsv12
        var settings = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(configuration.connectTimeout), read: TimeAmount(configuration.totalTimeout)),
            decompression: .disabled
        )
        settings.dnsOverride = [key.host: key.address.description]
        settings.httpVersion = .http1Only
        settings.connectionPool.idleTimeout = .seconds(30)
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.connectionsPerHost
        // The schedule decides when to try again, not the client.
        settings.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }
}
