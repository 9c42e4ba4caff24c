import HTTPTypes
import Hummingbird
import Logging
import Synchronization
import Testing

/// Takes every webhook and counts its id.
final class WebhookReceiver: Sendable {
    /// The one arrival that gets no answer.
    private enum Hold {
        case none, next, held(String)
    }

    private let arrivals = Mutex<[String: Int]>([:])
    private let hold = Mutex(Hold.none)

    /// How often each id arrived.
    var counts: [String: Int] { arrivals.withLock { $0 } }

    /// The arrival that is held; nil before it came.
    var held: String? { hold.withLock { if case .held(let id) = $0 { id } else { nil } } }

    /// Gives the next arrival no answer.
    func holdNext() {
        hold.withLock { $0 = .next }
    }

    private func holds(_ id: String) -> Bool {
        hold.withLock {
            guard case .next = $0 else { return false }
            $0 = .held(id)
            return true
        }
    }

    /// Runs the body with a receiver and its URL.
    static func with<Result: Sendable>(_ body: @escaping @Sendable (WebhookReceiver, String) async throws -> Result) async throws -> Result {
        let receiver = WebhookReceiver()
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        router.post("hook") { request, _ in
            if let name = HTTPField.Name("webhook-id"), let id = request.headers[name] {
                receiver.arrivals.withLock { $0[id, default: 0] += 1 }
                // Until the receiver ends.
                if receiver.holds(id) { try await Task.sleep(for: .seconds(3_600)) }
            }
            return HTTPResponse.Status.noContent
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() }
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            var found: Int?
            for await port in ports {
                found = port
                break
            }
            return try await body(receiver, "http://127.0.0.1:\(try #require(found))/hook")
        }
    }
}
