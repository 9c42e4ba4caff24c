import HTTPTypes
import Hummingbird
import Synchronization

/// The body of a request that was answered without it.
///
/// The server library reads every body to its end only to throw it away, however slowly it comes: a refused request could hold its connection for months. So it
/// is read here for a moment, and the connection closed where that was not enough.
struct BodyRemainder {
    /// Whoever sends his body at once loses no connection by a refusal.
    private static let patience = Duration.seconds(1)

    let request: Request
    let exchange: Exchange

    /// Whether something of the body may still come.
    var isLeft: Bool {
        if exchange.state.withLock({ $0.isBodyRead }) { return false }
        return request.headers[.transferEncoding] != nil || length != 0
    }

    /// Reads what is left of a body that is not too large, for a second at the most.
    func read() async {
        guard isLeft, let length, length <= APILimits.bodyBytes, request.headers[.transferEncoding] == nil else { return }
        // What was begun cannot be read twice: the library takes that for a mistake of ours, and ends the process.
        guard !exchange.state.withLock({ $0.isBodyBegun }) else { return }
        // Who waits for leave to send it has not sent it. What is overdue waits no longer.
        guard request.headers[.expect] == nil, !exchange.isOverdue else { return }
        let isRead = await withTaskGroup(of: Bool.self) { group in
            group.addTask { [body = request.body] in (try? await body.collect(upTo: APILimits.bodyBytes)) != nil }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
        if isRead { exchange.state.withLock { $0.isBodyRead = true } }
    }

    /// As declared; nil where that is no number.
    private var length: Int? {
        request.headers[.contentLength].map { DecimalText.integer($0) } ?? 0
    }
}
