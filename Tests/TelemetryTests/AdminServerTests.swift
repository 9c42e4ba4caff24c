import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Metrics
import Testing

@testable import Telemetry

@Suite struct AdminServerTests {
    private let health = HealthRegistry()
    private let registry = PrometheusRegistry()

    private func server(
        addRoutes: @escaping @Sendable (Router<AdminRequestContext>) -> Void = { _ in },
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> AdminServer {
        AdminServer(
            configuration: AdminServerConfiguration(),
            health: health,
            registry: registry,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            addRoutes: addRoutes,
            onListening: onListening
        )
    }

    @Test func livenessAsksNothing() async throws {
        health.register("database") { .notReady("gone") }
        try await server().application().test(.router) { client in
            try await client.execute(uri: "/livez", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.cacheControl] == "no-store")
            }
        }
    }

    @Test func readinessGivesReasons() async throws {
        health.register("database") { .notReady("no connection to the primary") }
        try await server().application().test(.router) { client in
            try await client.execute(uri: "/startupz", method: .get) { #expect($0.status == .serviceUnavailable) }
            health.markStarted()
            try await client.execute(uri: "/startupz", method: .get) { #expect($0.status == .ok) }
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(String(buffer: response.body) == "[-] database: no connection to the primary\nnot ready\n")
            }
            health.register("database") { .ready }
            try await client.execute(uri: "/readyz", method: .get) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body) == "ok\n")
            }
            try await client.execute(uri: "/readyz?verbose", method: .get) { response in
                #expect(String(buffer: response.body) == "[+] database: ok\n[+] draining: ok\n[+] startup: ok\nok\n")
            }
            health.beginDraining()
            try await client.execute(uri: "/readyz", method: .get) { #expect($0.status == .serviceUnavailable) }
        }
    }

    @Test func servesMetrics() async throws {
        Counter(label: "hits", factory: registry).increment()
        try await server().application().test(.live) { client in
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(String(buffer: response.body).contains("hits_total 1\n"))
            }
        }
    }

    @Test func takesFurtherRoutes() async throws {
        let server = server { router in
            router.post("clock") { request, context in
                let body = try await request.body.collect(upTo: context.maxUploadSize)
                return String(buffer: body)
            }
        }
        try await server.application().test(.router) { client in
            try await client.execute(uri: "/clock", method: .post, body: ByteBuffer(string: "{}")) { response in
                #expect(String(buffer: response.body) == "{}")
            }
        }
    }

    @Test func tellsItsPort() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = server(onListening: { continuation.yield($0) })
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next()
            #expect((port ?? 0) > 0)
            group.cancelAll()
        }
    }
}
