import Metrics
import Synchronization

/// The metrics of one route, looked up once per status: the factory's own look-up costs more than the recording.
///
/// Made after the metrics system is bootstrapped: the handles belong to the system of that moment.
final class RouteMetrics: Sendable {
    private struct Handle {
        let status: Int
        let duration: Timer
    }

    let method: String
    let route: String
    private let handles = Mutex<[Handle]>([])

    init(method: String, route: String) {
        self.method = method
        self.route = route
    }

    func record(status: Int, duration: Duration) {
        let timer = handles.withLock { handles in
            // A route has a handful of statuses: a scan beats a dictionary.
            if let handle = handles.first(where: { $0.status == status }) { return handle.duration }
            let timer = Timer(
                label: "http.server.request.duration",
                dimensions: [("http.route", route), ("http.request.method", method), ("http.response.status_code", String(status))],
                preferredDisplayUnit: .seconds
            )
            handles.append(Handle(status: status, duration: timer))
            return timer
        }
        let (seconds, attoseconds) = duration.components
        timer.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
