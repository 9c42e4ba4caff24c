import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import TestSupport
import Testing

/// A real receiver of webhooks on this machine, which keeps what came.
final class WebhookReceiver: Sendable {
    struct Received: Sendable {
        let id: String
        let time: Int64
        let signature: String
        let body: [UInt8]
    }

    /// Where it listens.
    let url: String
    private let log: Log

    private final class Log: Sendable {
        let received = Mutex<[Received]>([])
    }

    private init(url: String, log: Log) {
        self.url = url
        self.log = log
    }

    var received: [Received] { log.received.withLock { $0 } }

    /// Runs one around the body.
    static func with(_ body: @Sendable (WebhookReceiver) async throws -> Void) async throws {
        let log = Log()
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        router.post("hook") { request, _ in
            let body = try await request.body.collect(upTo: 65_536)
            func header(_ name: String) -> String { request.headers.first { $0.name.canonicalName == name }?.value ?? "" }
            let received = Received(
                id: header("webhook-id"),
                time: Int64(header("webhook-timestamp")) ?? 0,
                signature: header("webhook-signature"),
                body: Array(body.readableBytesView)
            )
            log.received.withLock { $0.append(received) }
            return HTTPResponse.Status.ok
        }
        let server = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: TestServer.logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let number = try #require(await ports.first { _ in true })
            try await body(WebhookReceiver(url: "http://127.0.0.1:\(number)/hook", log: log))
            group.cancelAll()
        }
    }
}
