import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import Courier

/// Sends real requests to real servers on loopback, kind and evil ones (reliability.md F12).
@Suite struct HTTPWebhookTransportTests {
    private let secret = WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    private func request(_ url: String) throws -> WebhookRequest {
        let url = try EgressURL(url)
        let secret = try #require(secret)
        let request = WebhookRequest(
            url: url,
            id: "msg_1",
            unixSeconds: 1_614_265_330,
            body: Array(#"{"type":"ticket.created"}"#.utf8),
            secrets: [secret],
            traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            tracestate: "a=1, b=2"
        )
        return try #require(request)
    }

    private func withTransport<Result>(
        policy: EgressPolicy = .development,
        resolver: any HostResolver = SystemResolver(),
        total: Duration = .seconds(120),
        bodyTimeout: Duration = .seconds(2),
        maximumKeptClients: Int = 256,
        _ body: (HTTPWebhookTransport) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPWebhookTransport.Configuration(totalTimeout: total, maximumKeptClients: maximumKeptClients)
        configuration.bodyTimeout = bodyTimeout
        let transport = HTTPWebhookTransport(egress: EgressGuard(policy: policy, resolver: resolver), configuration: configuration)
        do {
            let result = try await body(transport)
            await transport.shutdown()
            return result
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    /// Answers each request, once its blank line has come, with the same actions.
    private struct Answer: ScriptedDialogue {
        let actions: [ScriptedAction]

        func connected() -> [ScriptedAction] { [] }
        func received(line: String) -> [ScriptedAction] { line.isEmpty ? actions : [] }
    }

    private func failure(of actions: [ScriptedAction], total: Duration = .seconds(120)) async throws -> WebhookTransportError? {
        try await ScriptedServer.with({ Answer(actions: actions) }) { server in
            try await withTransport(total: total) { transport in
                let request = try request("http://127.0.0.1:\(server.port)/")
                do throws(WebhookTransportError) {
                    _ = try await transport.send(request)
                    return nil
                } catch {
                    return error
                }
            }
        }
    }

    @Test func deliversSignedToAHummingbirdServer() async throws {
        let (ports, portContinuation) = AsyncStream.makeStream(of: Int.self)
        let received = Mutex<(HTTPFields, String, String)?>(nil)
        let router = Router()
        router.post("hook") { request, _ in
            let body = String(buffer: try await request.body.collect(upTo: 65_536))
            received.withLock { $0 = (request.headers, body, request.uri.query ?? "") }
            return Response(status: .accepted, body: .init(byteBuffer: ByteBuffer(string: "thanks")))
        }
        let server = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { portContinuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let response = try await withTransport { try await $0.send(request("http://localhost:\(port)/hook?a=b")) }
            #expect(response == WebhookResponse(status: 202, excerpt: "thanks"))
            group.cancelAll()
        }
        let (headers, body, query) = try #require(received.withLock { $0 })
        func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        #expect(query == "a=b")
        #expect(body == #"{"type":"ticket.created"}"#)
        #expect(header("webhook-id") == "msg_1")
        #expect(header("webhook-timestamp") == "1614265330")
        #expect(header("content-type") == "application/json")
        #expect(header("traceparent") == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
        #expect(header("tracestate") == "a=1, b=2")
        let signature = try #require(header("webhook-signature"))
        let isValid = WebhookSignature.isValid(
            signature,
            id: "msg_1",
            unixSeconds: 1_614_265_330,
            body: Array(body.utf8),
            secret: try #require(secret)
        )
        #expect(isValid)
    }

    @Test func connectsToTheCheckedAddressAndKeepsTheHost() async throws {
        try await ScriptedServer.with({ Answer(actions: [.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")]) }) { server in
            let policy = EgressPolicy(allowedPorts: [server.port], allowsPlainHTTP: true, allowsLoopback: true)
            let resolver = StubResolver(["receiver.example": ["127.0.0.1"]])
            try await withTransport(policy: policy, resolver: resolver) { transport in
                for _ in 0..<3 {
                    let response = try await transport.send(request("http://receiver.example:\(server.port)/x"))
                    #expect(response.status == 200)
                }
            }
            // The name does not exist outside the stub: only pinning can have led here. It is checked again at each attempt.
            #expect(server.lines.contains { $0.lowercased() == "host: receiver.example:\(server.port)" })
            #expect(resolver.queries == 3)
            #expect(server.connections == 1)
        }
    }

    @Test func triesTheNextAddressWhenOneRefuses() async throws {
        try await ScriptedServer.with({ Answer(actions: [.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")]) }) { server in
            let policy = EgressPolicy(allowedPorts: [server.port], allowsPlainHTTP: true, allowsLoopback: true)
            // The server listens on 127.0.0.1 only.
            let resolver = StubResolver(["receiver.example": ["127.0.0.2", "127.0.0.1"]])
            let response = try await withTransport(policy: policy, resolver: resolver) {
                try await $0.send(request("http://receiver.example:\(server.port)/"))
            }
            #expect(response.status == 200)
        }
    }

    /// A machine without a way out over IPv6, and a host with several addresses of that family in front.
    @Test func triesTheOtherFamily() async throws {
        try await ScriptedServer.with({ Answer(actions: [.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")]) }) { server in
            let policy = EgressPolicy(allowedPorts: [server.port], allowsPlainHTTP: true, allowsLoopback: true)
            // The server listens on 127.0.0.1 only.
            let resolver = StubResolver(["receiver.example": ["::1", "::1", "127.0.0.1"]])
            let response = try await withTransport(policy: policy, resolver: resolver) {
                try await $0.send(request("http://receiver.example:\(server.port)/"))
            }
            #expect(response.status == 200)
        }
    }

    @Test(
        arguments: [
            ([], []), (["192.0.2.1"], ["192.0.2.1"]), (["192.0.2.1", "192.0.2.2", "192.0.2.3"], ["192.0.2.1", "192.0.2.2"]),
            (["2001:db8::1", "2001:db8::2", "192.0.2.1", "192.0.2.2"], ["2001:db8::1", "192.0.2.1"]),
            (["192.0.2.1", "192.0.2.2", "2001:db8::1"], ["192.0.2.1", "2001:db8::1"]), (["192.0.2.1", "2001:db8::1"], ["192.0.2.1", "2001:db8::1"]),
        ] as [([String], [String])]
    )
    func oneAddressOfEachFamilyIsTried(_ all: [String], _ expected: [String]) {
        #expect(ConnectOrder.tried(of: all.compactMap { IPAddress($0) }).map(\.description) == expected)
    }

    @Test func neverConnectsToForbiddenAddresses() async throws {
        try await ScriptedServer.with({ Answer(actions: []) }) { server in
            let policy = EgressPolicy(allowedPorts: [server.port], allowsPlainHTTP: true, allowsLoopback: false)
            let resolver = StubResolver(["rebind.example": ["8.8.8.8", "127.0.0.1"]])
            for host in ["rebind.example", "127.0.0.1", "[::ffff:127.0.0.1]"] {
                await #expect(throws: WebhookTransportError.self) {
                    try await withTransport(policy: policy, resolver: resolver) {
                        _ = try await $0.send(request("http://\(host):\(server.port)/"))
                    }
                }
            }
            #expect(server.connections == 0)
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func neverFollowsRedirects(_ status: Int) async throws {
        try await ScriptedServer.with({
            Answer(actions: [.send("HTTP/1.1 \(status) Moved\r\nlocation: /elsewhere\r\nretry-after: 9\r\ncontent-length: 0\r\n\r\n")])
        }) { server in
            let response = try await withTransport { try await $0.send(request("http://127.0.0.1:\(server.port)/")) }
            #expect(response.status == status)
            #expect(response.retryAfter == "9")
            #expect(!server.lines.contains { $0.contains("elsewhere") && $0.hasPrefix("GET") || $0.hasPrefix("POST /elsewhere") })
            #expect(server.connections == 1)
        }
    }

    @Test func readsNoMoreThanItsShareOfAnEndlessBody() async throws {
        let chunk = String(repeating: "x", count: 8_192)
        try await ScriptedServer.with({
            Answer(actions: [.send("HTTP/1.1 500 Oops\r\ncontent-length: 10000000000\r\n\r\n"), .flood(chunk)])
        }) { server in
            let response = try await withTransport { try await $0.send(request("http://127.0.0.1:\(server.port)/")) }
            #expect(response.status == 500)
            #expect(response.excerpt.utf8.count == WebhookResponse.maximumBytesKept)
            #expect(response.isTruncated)
        }
    }

    @Test func givesUpOnServersThatDoNotFinish() async throws {
        // No answer at all; a head that drips.
        #expect(try await failure(of: [], total: .milliseconds(200)) == .timeout)
        #expect(try await failure(of: [.drip("HTTP/1.1 200 OK\r\n", every: .milliseconds(50))], total: .milliseconds(200)) == .timeout)
    }

    /// The status is the answer (api.md 7): a receiver whose body breaks, drips or never ends has taken the event, or refused it, all the same.
    @Test(arguments: [
        [ScriptedAction.send("content-length: 100\r\n\r\n0123456789"), .close], [.send("transfer-encoding: chunked\r\n\r\n2\r\nok\r\n")],
        [.send("transfer-encoding: chunked\r\n\r\nno chunk\r\n")], [.send("content-length: 10\r\n\r\n")],
        [.send("content-length: 1000\r\n\r\n"), .drip(String(repeating: "x", count: 1_000), every: .milliseconds(50))],
    ])
    func aStatusCountsWhateverBecomesOfTheBody(_ rest: [ScriptedAction]) async throws {
        for status in [200, 410, 503] {
            let actions = [ScriptedAction.send("HTTP/1.1 \(status) X\r\nretry-after: 9\r\n")] + rest
            try await ScriptedServer.with({ Answer(actions: actions) }) { server in
                try await withTransport(total: .seconds(60), bodyTimeout: .milliseconds(100)) { transport in
                    let response = try await transport.send(request("http://127.0.0.1:\(server.port)/"))
                    #expect(response.status == status && response.retryAfter == "9" && response.isTruncated)
                }
            }
        }
    }

    /// The attempt's time is over while a body drips whose status has come.
    @Test func aStatusCountsAtTheEndOfTheTime() async throws {
        let drip = ScriptedAction.drip(String(repeating: "x", count: 1_000), every: .milliseconds(50))
        try await ScriptedServer.with({ Answer(actions: [.send("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"), drip]) }) { server in
            // A new try with more time where the machine was too busy to read the status in it.
            var answer: WebhookResponse?
            for attempt in 0..<6 where answer == nil {
                answer = try await withTransport(total: .milliseconds(300 << attempt), bodyTimeout: .seconds(3_600)) { transport in
                    try? await transport.send(request("http://127.0.0.1:\(server.port)/"))
                }
            }
            #expect(answer?.status == 200)
        }
    }

    @Test func sortsBrokenAnswers() async throws {
        #expect(try await failure(of: [.send("SSH-2.0-OpenSSH_9.2\r\n"), .close]) == .protocolViolation)
        #expect(try await failure(of: [.close]) == .protocolViolation)
        let longHead = "HTTP/1.1 200 OK\r\nx: \(String(repeating: "y", count: 200_000))\r\n\r\n"
        #expect(try await failure(of: [.send(longHead), .close]) == .protocolViolation)
    }

    @Test func sortsRefusedConnections() async throws {
        let port = try DeafPort()
        let target = try request("http://127.0.0.1:\(port.number)/")
        await #expect(throws: WebhookTransportError.connect) {
            try await withTransport { _ = try await $0.send(target) }
        }
        withExtendedLifetime(port) {}
    }

    @Test func verifiesCertificates() async throws {
        let certificate = try TestCertificate()
        let context = try certificate.serverContext()
        struct TLSAnswer: ScriptedDialogue {
            func connected() -> [ScriptedAction] { [.startTLS] }
            func received(line: String) -> [ScriptedAction] { line.isEmpty ? [.send("HTTP/1.1 204 No Content\r\n\r\n")] : [] }
        }
        try await ScriptedServer.with(tls: context, { TLSAnswer() }) { server in
            let policy = EgressPolicy(allowedPorts: [server.port], allowsPlainHTTP: false, allowsLoopback: true)
            let resolver = StubResolver(["localhost": ["127.0.0.1"], "other.example": ["127.0.0.1"]])
            let egress = EgressGuard(policy: policy, resolver: resolver)
            let trusting = HTTPWebhookTransport(egress: egress, configuration: .init(), trustRoots: certificate.trustRoots)
            let response = try await trusting.send(request("https://localhost:\(server.port)/"))
            #expect(response.status == 204)
            // The right certificate for the wrong name, and one that nobody vouches for.
            await #expect(throws: WebhookTransportError.tls) { _ = try await trusting.send(request("https://other.example:\(server.port)/")) }
            let doubting = HTTPWebhookTransport(egress: egress)
            await #expect(throws: WebhookTransportError.tls) { _ = try await doubting.send(request("https://localhost:\(server.port)/")) }
            await trusting.shutdown()
            await doubting.shutdown()
        }
    }

    @Test func keepsFewClientsAndRefusesAfterShutdown() async throws {
        try await ScriptedServer.with({ Answer(actions: [.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")]) }) { server in
            let policy = EgressPolicy(allowedPorts: [server.port], allowsPlainHTTP: true, allowsLoopback: true)
            let resolver = StubResolver(Dictionary(uniqueKeysWithValues: (0..<8).map { ("h\($0).example", ["127.0.0.1"]) }))
            let transport = HTTPWebhookTransport(egress: EgressGuard(policy: policy, resolver: resolver), configuration: .init(maximumKeptClients: 2))
            let port = server.port
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<32 {
                    let request = try request("http://h\(number % 8).example:\(port)/")
                    group.addTask { try await transport.send(request).status }
                }
                for try await status in group {
                    #expect(status == 200)
                }
            }
            await transport.shutdown()
            await #expect(throws: WebhookTransportError.cancelled) { _ = try await transport.send(request("http://h0.example:\(port)/")) }
        }
    }

    /// Tenants share hosts: those whose receiver hangs there must not keep the others' requests from being sent.
    @Test func requestsThatHangHoldUpNobodyAtTheSameHost() async throws {
        struct HangsAtOnePath: ScriptedDialogue {
            private var hangs = false

            func connected() -> [ScriptedAction] { [] }

            mutating func received(line: String) -> [ScriptedAction] {
                if line.hasPrefix("POST") { hangs = line.hasPrefix("POST /hang") }
                return line.isEmpty && !hangs ? [.send("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")] : []
            }
        }
        try await ScriptedServer.with({ HangsAtOnePath() }) { server in
            try await withTransport(total: .seconds(60)) { transport in
                let (hanging, other) = (try request("http://127.0.0.1:\(server.port)/hang"), try request("http://127.0.0.1:\(server.port)/other"))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<64 {
                        group.addTask { _ = try? await transport.send(hanging) }
                    }
                    let allHang = try await eventually { server.lines.count { $0.hasPrefix("POST /hang") } == 64 }
                    #expect(allHang)
                    let response = try await transport.send(other)
                    #expect(response.status == 200)
                    group.cancelAll()
                }
            }
        }
    }

    @Test func stopsWhenItsTaskIsCancelled() async throws {
        try await ScriptedServer.with({ Answer(actions: []) }) { server in
            try await withTransport { transport in
                let request = try request("http://127.0.0.1:\(server.port)/")
                let task = Task { () async -> WebhookTransportError? in
                    do throws(WebhookTransportError) {
                        _ = try await transport.send(request)
                        return nil
                    } catch {
                        return error
                    }
                }
                task.cancel()
                #expect(await task.value == .cancelled)
            }
        }
    }
}
