import Glibc
import NIOCore

/// How long and how fast to send.
struct HTTPLoadPlan: Sendable {
    let requests: Int
    let duration: TimeAmount
    /// Mean time between two requests of one connection; nil sends again at once.
    let interval: TimeAmount?

    /// A random pause before the next request, as independent customers make them: their sum over the connections is a Poisson process.
    func pause() -> TimeAmount? {
        interval.map { .nanoseconds(Int64(Double($0.nanoseconds) * -log(Double.random(in: 0.000_001...1)))) }
    }
}
