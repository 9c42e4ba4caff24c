import AsyncHTTPClient
import NIOCore
import Synchronization

/// HTTP clients that connect one host name to one checked address, kept for reuse.
///
/// AsyncHTTPClient pins addresses (`dnsOverride`) for a whole client, hence one client for each pair. They share the process's event loops; what
/// a kept client saves is the TLS context and the open connections. The least recently used ones are shut down beyond a limit.
final class PinnedClients: Sendable {
    struct Key: Hashable, Sendable {
        let scheme: EgressURL.Scheme
        let host: String
        let address: IPAddress
    }

    private struct Entry {
        let client: HTTPClient
        var users: Int
        var lastUse: UInt64
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var uses: UInt64 = 0
        var isShutDown = false
    }

    private let state = Mutex(State())
    private let limit: Int
    private let makeClient: @Sendable (Key) -> HTTPClient

    init(limit: Int, makeClient: @escaping @Sendable (Key) -> HTTPClient) {
        self.limit = max(1, limit)
        self.makeClient = makeClient
    }

    deinit {
        // For an owner that did not wait for ``shutdown()``: a client that is dropped while it runs leaks its connections.
        for client in state.withLock({ $0.entries.values.map(\.client) }) {
            let _: EventLoopFuture<Void> = client.shutdown()
        }
    }

    /// Runs the body with the pair's client; nothing shuts the client down meanwhile.
    ///
    /// - Throws: ``WebhookTransportError/cancelled`` after ``shutdown()``.
    func withClient<Result: Sendable>(for key: Key, _ body: (HTTPClient) async throws -> Result) async throws -> Result {
        let (client, evicted) = state.withLock { take(key, in: &$0) }
        for client in evicted {
            // Not waited for: idle connections close in the background.
            let _: EventLoopFuture<Void> = client.shutdown()
        }
        guard let client else { throw WebhookTransportError.cancelled }
        defer { state.withLock { $0.entries[key]?.users -= 1 } }
        return try await body(client)
    }

    /// Closes all clients; requests under way fail.
    func shutdown() async {
        let clients = state.withLock { state in
            state.isShutDown = true
            defer { state.entries = [:] }
            return state.entries.values.map(\.client)
        }
        for client in clients {
            // An error means that it was closed already.
            try? await client.shutdown()
        }
    }

    private func take(_ key: Key, in state: inout State) -> (client: HTTPClient?, evicted: [HTTPClient]) {
        guard !state.isShutDown else { return (nil, []) }
        state.uses += 1
        if var entry = state.entries[key] {
            entry.users += 1
            entry.lastUse = state.uses
            state.entries[key] = entry
            return (entry.client, [])
        }
        var evicted: [HTTPClient] = []
        if state.entries.count >= limit, let oldest = state.entries.filter({ $0.value.users == 0 }).min(by: { $0.value.lastUse < $1.value.lastUse }) {
            state.entries[oldest.key] = nil
            evicted.append(oldest.value.client)
        }
        let client = makeClient(key)
        state.entries[key] = Entry(client: client, users: 1, lastUse: state.uses)
        return (client, evicted)
    }
}
