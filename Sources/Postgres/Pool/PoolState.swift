import DequeModule

/// Who waits, which connections there are, and who gets which. Pure: no sockets, no clock of its own; times are nanoseconds of `Monotonic`.
///
/// Waiting is first come, first served. A single unit goes to the connection with the fewest units in flight, but behind none that has been under way for
/// long: in the queue the wait is bounded, and whichever connection is free first ends it (decision 60). A lease needs a connection for itself: when none is
/// idle, the least busy one is reserved, takes nothing new, and is leased when it has drained, unless another is idle before.
struct PoolState {
    struct Slot {
        enum Use: Equatable {
            case shared(inFlight: Int)
            case leased
        }

        let id: Int
        let openedAt: Int64
        var use = Use.shared(inFlight: 0)
        /// A cancel request is under way; it must hit nobody else.
        var isHeld = false
        /// To be closed when nothing is in flight.
        var isRetiring = false
        var reservation: WorkRequest?
        /// Since when the first of what is in flight is under way; says nothing where nothing is.
        var headSince: Int64
        /// When callers last had a use for it.
        var idleSince: Int64
        /// When it last answered, be it only to a check.
        var answeredAt: Int64
        /// Whether it answered anything at all.
        var hasServed = false

        init(id: Int, openedAt: Int64) {
            self.id = id
            self.openedAt = openedAt
            headSince = openedAt
            idleSince = openedAt
            answeredAt = openedAt
        }

        var isIdle: Bool { use == .shared(inFlight: 0) && !isHeld }
        var takesUnits: Bool { reservation == nil && !isHeld && !isRetiring }

        /// The units in flight; nil for one that is leased.
        var inFlight: Int? { if case .shared(let count) = use { count } else { nil } }
    }

    let limits: PoolConfiguration
    let unitsPerConnection: Int
    /// How long the first unit in flight may have been under way where another is sent behind it.
    private let patience: Int64
    var slots: [Slot] = []
    var queue: Deque<WorkRequest> = []
    /// Waiting requests, without those that gave up and are still in `queue`.
    var waiting = 0
    var isDraining = false
    var connecting = 0
    var backOff = BackOff()

    /// `unitsPerConnection` overrides the limits' where the unit mode allows only one.
    init(limits: PoolConfiguration, unitMode: UnitMode) {
        self.limits = limits
        unitsPerConnection = unitMode == .explicit ? 1 : limits.unitsPerConnection
        patience = limits.slowUnit.nanoseconds
    }

    /// Whether connecting fails so persistently that callers need not wait.
    var isBroken: Bool { slots.isEmpty && backOff.failures >= limits.circuitBreakerThreshold }

    // MARK: Requests

    /// Takes a request into the queue; the error says why not.
    mutating func enqueue(_ request: WorkRequest) -> PostgresError? {
        if isDraining { return PostgresError(.shutDown, "the client is shutting down") }
        if isBroken { return unavailable }
        if waiting >= limits.maximumWaiters { return PostgresError(.poolFull, "\(waiting) callers wait for a connection already") }
        // Those that gave up are dropped when their turn comes; should that be long, now.
        if queue.count > 2 * limits.maximumWaiters { queue.removeAll { $0.isFinished } }
        request.phase = .queued
        queue.append(request)
        waiting += 1
        return nil
    }

    /// Removes a request that gave up while waiting. The caller then finishes it.
    mutating func withdraw(_ request: WorkRequest) {
        waiting -= 1
        for index in slots.indices where slots[index].reservation === request {
            slots[index].reservation = nil
        }
    }

    /// The requests that have waited too long; already withdrawn.
    mutating func expired(at now: Int64) -> [WorkRequest] {
        let limit = limits.waitTimeout.nanoseconds
        var expired: [WorkRequest] = []
        while let head = queue.first, head.isFinished || head.submittedAt + limit <= now {
            queue.removeFirst()
            if !head.isFinished { expired.append(head) }
        }
        for slot in slots {
            if let request = slot.reservation, request.submittedAt + limit <= now { expired.append(request) }
        }
        for request in expired { withdraw(request) }
        return expired
    }

    /// Everybody who waits; already withdrawn.
    mutating func abandonAll() -> [WorkRequest] {
        let all = queue.filter { !$0.isFinished } + slots.compactMap(\.reservation)
        queue.removeAll()
        for request in all { withdraw(request) }
        return all
    }

    var unavailable: PostgresError {
        PostgresError(.unavailable, backOff.lastError?.message ?? "no connection", sqlState: backOff.lastError?.sqlState)
    }

    // MARK: Assignment

    /// The next request that can be sent, and the connection it goes to; nil when nobody can be served now.
    mutating func nextAssignment(at now: Int64) -> (request: WorkRequest, id: Int)? {
        leaveRetiring()
        for index in slots.indices where slots[index].isIdle {
            if let request = slots[index].reservation {
                slots[index].reservation = nil
                return lease(request, index)
            }
        }
        if let next = takeIdle() { return next }
        while let head = queue.first {
            if head.isFinished {
                queue.removeFirst()
                continue
            }
            if head.needsLease {
                guard let index = leastBusy(below: .max, at: now) ?? leastBusy(below: .max, at: nil) else { return nil }
                queue.removeFirst()
                if slots[index].isIdle { return lease(head, index) }
                slots[index].reservation = head
            } else {
                guard let index = leastBusy(below: unitsPerConnection, at: now), let count = slots[index].inFlight else { return nil }
                queue.removeFirst()
                waiting -= 1
                if count == 0 { slots[index].headSince = now }
                slots[index].use = .shared(inFlight: count + 1)
                return (head, slots[index].id)
            }
        }
        return nil
    }

    /// Whoever has reserved a connection that is to be closed looks for another.
    private mutating func leaveRetiring() {
        for index in slots.indices where slots[index].isRetiring {
            guard let request = slots[index].reservation else { continue }
            slots[index].reservation = nil
            putBack(request)
        }
    }

    /// A connection that is idle serves who has waited longest for a busy one to drain: nobody waits while others stand idle.
    private mutating func takeIdle() -> (request: WorkRequest, id: Int)? {
        guard let free = slots.indices.first(where: { slots[$0].isIdle && slots[$0].takesUnits }) else { return nil }
        var oldest: (request: WorkRequest, index: Int)?
        for index in slots.indices {
            guard let request = slots[index].reservation else { continue }
            if request.submittedAt < oldest?.request.submittedAt ?? .max { oldest = (request, index) }
        }
        guard let oldest else { return nil }
        slots[oldest.index].reservation = nil
        return lease(oldest.request, free)
    }

    /// To the place in the queue that its time of waiting gives it.
    private mutating func putBack(_ request: WorkRequest) {
        let index = queue.firstIndex { $0.submittedAt >= request.submittedAt } ?? queue.endIndex
        queue.insert(request, at: index)
    }

    private mutating func lease(_ request: WorkRequest, _ index: Int) -> (request: WorkRequest, id: Int) {
        waiting -= 1
        slots[index].use = .leased
        return (request, slots[index].id)
    }

    /// - Parameter now: passes over those whose first unit in flight has been under way for long by then; nil takes these, too.
    private func leastBusy(below limit: Int, at now: Int64?) -> Int? {
        var best: (index: Int, count: Int)?
        for index in slots.indices where slots[index].takesUnits {
            guard let count = slots[index].inFlight, count < limit, count < best?.count ?? .max else { continue }
            if let now, count > 0, now - slots[index].headSince > patience { continue }
            best = (index, count)
        }
        return best?.index
    }

    // MARK: Connections

    /// Whether one of the connections that were opened by a time has answered since another: what is opened later shows nothing of those that are older.
    func hasAnswered(_ ids: some Sequence<Int>, openedBy opening: Int64, since time: Int64) -> Bool {
        ids.contains { id in slot(id).map { $0.openedAt <= opening && $0.answeredAt > time } ?? false }
    }

    /// Whether any connection has answered since a time.
    func hasAnswered(since time: Int64) -> Bool {
        slots.contains { $0.hasServed && $0.answeredAt > time }
    }

    func slot(_ id: Int) -> Slot? {
        slots.first { $0.id == id }
    }

    mutating func update(_ id: Int, _ change: (inout Slot) -> Void) {
        if let index = slots.firstIndex(where: { $0.id == id }) { change(&slots[index]) }
    }

    /// A single unit on this connection is over.
    mutating func finishedUnit(on id: Int, at now: Int64) {
        answered(on: id, at: now) { slot in
            if case .shared(let count) = slot.use { slot.use = .shared(inFlight: max(0, count - 1)) }
            slot.headSince = now
            slot.idleSince = now
        }
    }

    /// The check of an idle connection was answered: idle it stays.
    mutating func finishedCheck(on id: Int, at now: Int64) {
        answered(on: id, at: now) { slot in
            if case .shared(let count) = slot.use { slot.use = .shared(inFlight: max(0, count - 1)) }
            slot.headSince = now
        }
    }

    /// The first unit of a lease is over, and the lease goes on.
    mutating func begunLease(of id: Int, at now: Int64) {
        answered(on: id, at: now) { _ in }
    }

    /// A lease is over, and the connection is as good as new.
    mutating func finishedLease(of id: Int, at now: Int64) {
        answered(on: id, at: now) { slot in
            slot.use = .shared(inFlight: 0)
            slot.idleSince = now
        }
    }

    /// Only a connection's first answer shows that connecting is of use again: what is accepted may be hung up on.
    private mutating func answered(on id: Int, at now: Int64, _ change: (inout Slot) -> Void) {
        guard let index = slots.firstIndex(where: { $0.id == id }) else { return }
        change(&slots[index])
        slots[index].answeredAt = now
        if !slots[index].hasServed {
            slots[index].hasServed = true
            backOff.succeeded()
        }
    }

    mutating func opened(_ id: Int, at now: Int64) {
        connecting -= 1
        slots.append(Slot(id: id, openedAt: now))
    }

    /// A connection is gone. The request that waited for just this one goes back to its place in the queue.
    ///
    /// One that ended before it served anybody counts as a failure to connect: else a server that accepts and hangs up is called without a pause. Where one was the last
    /// that served, what was counted beside it is forgotten: attempts to open more may have failed hours ago, and callers are refused only once it fails persistently
    /// to open the first.
    mutating func closed(_ id: Int, by error: PostgresError, at now: Int64, jitter: Double) {
        guard let index = slots.firstIndex(where: { $0.id == id }) else { return }
        let slot = slots.remove(at: index)
        if let request = slot.reservation { putBack(request) }
        if slot.hasServed {
            if slots.isEmpty { backOff.succeeded() }
        } else if error.kind != .shutDown {
            backOff.failed(error, at: now, jitter: jitter)
        }
    }

    /// How many connections to start opening now; counts them as being opened.
    mutating func connectionsToOpen(at now: Int64) -> Int {
        guard !isDraining, backOff.allows(now) else { return 0 }
        let room = limits.maximumConnections - slots.count - connecting
        // While the database does not answer, one attempt at a time finds out when it does again.
        let parallel = (backOff.failures > 0 ? 1 : 4) - connecting
        let missing = max(limits.minimumConnections, backOff.failures > 0 ? 1 : 0) - slots.count - connecting
        let isCrowded = !slots.isEmpty && !slots.contains { $0.use == .shared(inFlight: 0) } && connecting == 0
        let wanted = max(missing, waiting - connecting, isCrowded ? 1 : 0)
        let count = max(0, min(room, parallel, wanted))
        connecting += count
        return count
    }
}
