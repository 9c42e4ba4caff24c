import Domain
import NIOCore
import Synchronization

/// What becomes known about one request while it is answered; read at the end for the access log and the metrics, and by the deadline sweep.
final class Exchange: Sendable {
    struct State {
        var route: RouteMetrics?
        var tenantID: TenantID?
        var problem: ProblemCode?
        var deadline: ContinuousClock.Instant
        var isOverdue = false
        var cancel: (@Sendable () -> Void)?
        var place: Place?
        /// Whether somebody began to read the body: it cannot be read a second time.
        var isBodyBegun = false
        /// Whether the body was read to its end.
        var isBodyRead = false
        /// What the types of problems begin with (``ProblemAddress``).
        var address = ""
    }

    let requestID: String
    let started: ContinuousClock.Instant
    /// The connection on which the request came; nil where there is none, as in tests.
    let channel: (any NIOCore.Channel)?
    let state: Mutex<State>

    init(requestID: String, started: ContinuousClock.Instant, channel: (any NIOCore.Channel)? = nil) {
        self.requestID = requestID
        self.started = started
        self.channel = channel
        state = Mutex(State(deadline: started))
    }

    /// What the types of problems begin with.
    var address: String { state.withLock { $0.address } }

    func matched(_ route: RouteMetrics) {
        state.withLock { $0.route = route }
    }
}
