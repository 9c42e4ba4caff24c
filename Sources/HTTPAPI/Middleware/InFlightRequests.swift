import Domain
import Metrics
import Synchronization

/// The requests being answered: bounds their number, in all and for each tenant, and cancels those that take too long.
///
/// A request that waits for news gives its place up meanwhile, so that whoever waits keeps nobody from being served; waiting has its own bounds.
/// One table for all deadlines, swept by one task, instead of a timer per request.
final class InFlightRequests: Sendable {
    /// The bounds of a server.
    struct Limits: Sendable {
        /// Requests that are being answered.
        var active: Int
        /// Of them those of one tenant.
        var activeOfTenant: Int
        /// Requests that wait for news.
        var waiting: Int
        /// Of them those of one tenant.
        var waitingOfTenant: Int
    }

    private struct Entry {
        let exchange: Exchange
        var tenant: TenantID?
        var isWaiting = false
    }

    private struct Share {
        var active = 0
        var waiting = 0
    }

    private struct Table {
        var entries: [Entry?] = []
        var free: [Int] = []
        var active = 0
        var waiting = 0
        var shares: [TenantID: Share] = [:]
        var isDraining = false

        func share(of tenant: TenantID?) -> Share { tenant.flatMap { shares[$0] } ?? Share() }

        mutating func change(_ tenant: TenantID?, active: Int = 0, waiting: Int = 0) {
            self.active += active
            self.waiting += waiting
            guard let tenant else { return }
            var share = shares[tenant] ?? Share()
            share.active += active
            share.waiting += waiting
            // Only tenants who are here now: the table does not grow with their number.
            shares[tenant] = share.active == 0 && share.waiting == 0 ? nil : share
        }
    }

    private let limits: Limits
    private let table = Mutex(Table())
    private let gauge = Gauge(label: "http.server.active_requests")

    init(limits: Limits) {
        self.limits = limits
    }

    /// How many requests are here, those that wait included.
    var count: Int { table.withLock { $0.active + $0.waiting } }

    /// How many of them wait.
    var waitingCount: Int { table.withLock { $0.waiting } }

    /// Whether the server is stopping: answers then close their connections.
    var isDraining: Bool { table.withLock { $0.isDraining } }

    func drain() {
        table.withLock { $0.isDraining = true }
    }

    /// - Returns: the place to give back with ``leave(_:)``, or nil where the server is full.
    func enter(_ exchange: Exchange) -> Int? {
        table.withLock { table in
            guard table.active < limits.active else { return nil }
            table.active += 1
            let entry = Entry(exchange: exchange)
            if let slot = table.free.popLast() {
                table.entries[slot] = entry
                return slot
            }
            table.entries.append(entry)
            return table.entries.count - 1
        }
    }

    /// Whose request it is.
    ///
    /// - Throws: 429 where the tenant has its share of the places already.
    func join(_ slot: Int, tenant: TenantID) throws(Problem) {
        let isAdmitted = table.withLock { table in
            guard table.entries[slot]?.tenant == nil else { return true }
            guard table.share(of: tenant).active < limits.activeOfTenant else { return false }
            table.entries[slot]?.tenant = tenant
            // Counted already, but for nobody.
            table.active -= 1
            table.change(tenant, active: 1)
            return true
        }
        if !isAdmitted { throw .retry(.quotaExceeded, after: 1, "The tenant has as many requests under way as it may.") }
    }

    /// The request waits for news and needs no place meanwhile.
    ///
    /// - Throws: 429 where the tenant has as many waiting as it may, 503 where the server has.
    func wait(_ slot: Int) throws(Problem) {
        enum Answer { case admitted, tenantFull, full }
        let answer: Answer = table.withLock { table in
            guard let entry = table.entries[slot], !entry.isWaiting else { return .admitted }
            guard table.share(of: entry.tenant).waiting < limits.waitingOfTenant else { return .tenantFull }
            guard table.waiting < limits.waiting else { return .full }
            table.entries[slot]?.isWaiting = true
            table.change(entry.tenant, active: -1, waiting: 1)
            return .admitted
        }
        switch answer {
        case .admitted: return
        case .tenantFull: throw .retry(.quotaExceeded, after: 5, "The tenant has as many requests waiting for events as it may.")
        case .full: throw .retry(.temporaryReducedCapacity, after: 5)
        }
    }

    /// The waiting is over.
    ///
    /// - Throws: 503 where the server is full, 429 where the tenant's share is.
    func resume(_ slot: Int) throws(Problem) {
        enum Answer { case admitted, tenantFull, full }
        let answer: Answer = table.withLock { table in
            guard let entry = table.entries[slot], entry.isWaiting else { return .admitted }
            guard table.share(of: entry.tenant).active < limits.activeOfTenant else { return .tenantFull }
            guard table.active < limits.active else { return .full }
            table.entries[slot]?.isWaiting = false
            table.change(entry.tenant, active: 1, waiting: -1)
            return .admitted
        }
        switch answer {
        case .admitted: return
        case .tenantFull: throw .retry(.quotaExceeded, after: 1, "The tenant has as many requests under way as it may.")
        case .full: throw .retry(.temporaryReducedCapacity, after: 1)
        }
    }

    func leave(_ slot: Int) {
        table.withLock { table in
            guard let entry = table.entries[slot] else { return }
            table.change(entry.tenant, active: entry.isWaiting ? 0 : -1, waiting: entry.isWaiting ? -1 : 0)
            table.entries[slot] = nil
            table.free.append(slot)
        }
    }

    /// Cancels the requests whose time is over.
    func sweep(now: ContinuousClock.Instant) {
        let exchanges = table.withLock { $0.entries.compactMap { $0?.exchange } }
        gauge.record(exchanges.count)
        for exchange in exchanges {
            exchange.cancelIfOverdue(now: now)
        }
    }
}
