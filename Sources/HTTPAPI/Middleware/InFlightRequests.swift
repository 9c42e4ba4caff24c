import Metrics
import Synchronization

/// The requests being answered: bounds their number and cancels those that take too long.
///
/// One table for all deadlines, swept by one task, instead of a timer per request.
final class InFlightRequests: Sendable {
    private struct Table {
        var slots: [Exchange?] = []
        var free: [Int] = []
        var isDraining = false
    }

    private let maximum: Int
    private let table = Mutex(Table())
    private let gauge = Gauge(label: "http.server.active_requests")

    init(maximum: Int) {
        self.maximum = maximum
    }

    var count: Int { table.withLock { $0.slots.count - $0.free.count } }

    /// Whether the server is stopping: answers then close their connections.
    var isDraining: Bool { table.withLock { $0.isDraining } }

    func drain() {
        table.withLock { $0.isDraining = true }
    }

    /// - Returns: the place to give back with ``leave(_:)``, or nil where the server is full.
    func enter(_ exchange: Exchange) -> Int? {
        table.withLock { table in
            if let slot = table.free.popLast() {
                table.slots[slot] = exchange
                return slot
            }
            guard table.slots.count < maximum else { return nil }
            table.slots.append(exchange)
            return table.slots.count - 1
        }
    }

    func leave(_ slot: Int) {
        table.withLock { table in
            table.slots[slot] = nil
            table.free.append(slot)
        }
    }

    /// Cancels the requests whose time is over.
    func sweep(now: ContinuousClock.Instant) {
        let exchanges = table.withLock { $0.slots.compactMap { $0 } }
        gauge.record(exchanges.count)
        for exchange in exchanges {
            exchange.cancelIfOverdue(now: now)
        }
    }
}
