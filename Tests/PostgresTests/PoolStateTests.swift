import Testing

@testable import Postgres

/// Who is served when, without a server.
@Suite struct PoolStateTests {
    private func state(_ change: (inout PoolConfiguration) -> Void = { _ in }, mode: UnitMode = .implicit) -> PoolState {
        var limits = PoolConfiguration()
        limits.unitsPerConnection = 2
        limits.maximumConnections = 2
        change(&limits)
        return PoolState(limits: limits, unitMode: mode)
    }

    private func unit() -> WorkRequest { WorkRequest(.single, PostgresUnit()) }
    private func lease() -> WorkRequest { WorkRequest(.lease(.readCommitted), PostgresUnit()) }

    private func open(_ state: inout PoolState, _ ids: Int...) {
        for id in ids {
            state.connecting += 1
            state.opened(id, at: 0)
        }
    }

    private func assignments(_ state: inout PoolState, at now: Int64 = 0) -> [Int] {
        var ids: [Int] = []
        while let next = state.nextAssignment(at: now) { ids.append(next.id) }
        return ids
    }

    @Test func `Units go to the least busy connection, up to the limit`() {
        var state = state()
        open(&state, 1, 2)
        for _ in 0..<6 { check(state.enqueue(unit()), nil) }
        check(assignments(&state), [1, 2, 1, 2])
        #expect(state.waiting == 2)
        state.finishedUnit(on: 2, at: 0)
        check(assignments(&state), [2])
    }

    @Test func `Nothing is sent behind a unit that has been under way for long`() {
        var state = state { $0.unitsPerConnection = 4 }
        let long = state.limits.slowUnit.nanoseconds
        open(&state, 1, 2)
        for _ in 0..<2 { check(state.enqueue(unit()), nil) }
        check(assignments(&state, at: 0), [1, 2])
        // The second is as quick as ever. The first hangs, and has the fewest units.
        for time in long + 1...long + 50 {
            while state.slot(2)?.inFlight != 0 { state.finishedUnit(on: 2, at: time) }
            for _ in 0..<3 { check(state.enqueue(unit()), nil) }
            check(assignments(&state, at: time), [2, 2, 2])
        }
    }

    @Test func `Who would be sent behind a slow unit is served as soon as a connection answers, and waits for the usual time at most`() {
        var state = state { $0.unitsPerConnection = 4 }
        let long = state.limits.slowUnit.nanoseconds
        open(&state, 1, 2)
        for _ in 0..<3 { check(state.enqueue(unit()), nil) }
        check(assignments(&state, at: 0), [1, 2, 1])
        for _ in 0..<2 { check(state.enqueue(unit()), nil) }
        check(assignments(&state, at: long + 1), [])
        // The second unit of the first connection is under way only since the first was over.
        state.finishedUnit(on: 1, at: long + 1)
        check(assignments(&state, at: 2 * long + 1), [1, 1])
        check(state.enqueue(unit()), nil)
        check(assignments(&state, at: 2 * long + 2), [])
        check(state.expired(at: Monotonic.now() + state.limits.waitTimeout.nanoseconds).count, 1)
        #expect(state.waiting == 0)
    }

    @Test func `A check that hangs takes no units either, and an idle connection takes some however long it was idle`() {
        var state = state { $0.maximumConnections = 1 }
        let time = state.limits.keepAliveInterval.nanoseconds
        open(&state, 1)
        check(state.upkeep(at: time), [.check(1)])
        check(state.enqueue(unit()), nil)
        check(assignments(&state, at: time + state.limits.slowUnit.nanoseconds + 1), [])
        state.finishedCheck(on: 1, at: time)
        check(assignments(&state, at: 2 * time), [1])
    }

    @Test func `A lease waits for a connection whose unit is slow only where there is no other`() {
        var state = state()
        let long = state.limits.slowUnit.nanoseconds
        open(&state, 1, 2)
        for _ in 0..<2 { check(state.enqueue(unit()), nil) }
        check(assignments(&state, at: 0), [1, 2])
        state.finishedUnit(on: 2, at: long)
        for _ in 0..<3 { check(state.enqueue(unit()), nil) }
        check(assignments(&state, at: long), [2, 1, 2])
        let leases = [lease(), lease()]
        for request in leases { check(state.enqueue(request), nil) }
        check(assignments(&state, at: long + 1), [])
        #expect(state.slot(2)?.reservation === leases[0])
        #expect(state.slot(1)?.reservation === leases[1])
    }

    @Test func `Explicit transactions have a connection to themselves`() {
        var state = state(mode: .explicit)
        open(&state, 1)
        for _ in 0..<2 { check(state.enqueue(unit()), nil) }
        check(assignments(&state), [1])
    }

    @Test func `A lease drains one connection while units use the other`() {
        var state = state()
        open(&state, 1, 2)
        for _ in 0..<2 { check(state.enqueue(unit()), nil) }
        check(assignments(&state), [1, 2])
        check(state.enqueue(lease()), nil)
        check(state.enqueue(unit()), nil)
        check(assignments(&state), [2])
        #expect(state.slot(1)?.reservation != nil)
        state.finishedUnit(on: 1, at: 0)
        check(assignments(&state), [1])
        #expect(state.slot(1)?.use == .leased)
        #expect(state.waiting == 0)
        state.finishedLease(of: 1, at: 0)
        #expect(state.slot(1)?.isIdle == true)
    }

    @Test func `A lease that waits for a busy connection takes one that is opened meanwhile`() {
        var state = state()
        open(&state, 1)
        check(state.enqueue(unit()), nil)
        check(assignments(&state), [1])
        check(state.enqueue(lease()), nil)
        check(assignments(&state), [])
        check(state.connectionsToOpen(at: 0), 1)
        state.opened(2, at: 0)
        check(assignments(&state), [2])
        #expect(state.slot(2)?.use == .leased)
        #expect(state.slot(1)?.reservation == nil)
        #expect(state.waiting == 0)
    }

    @Test func `A lease that waits for a busy connection takes one that comes free before`() {
        var state = state { $0.maximumConnections = 3 }
        open(&state, 1, 2, 3)
        for _ in 0..<3 { check(state.enqueue(unit()), nil) }
        check(assignments(&state), [1, 2, 3])
        let first = lease()
        let second = lease()
        for request in [first, second] { check(state.enqueue(request), nil) }
        check(assignments(&state), [])
        #expect(state.slot(1)?.reservation === first)
        #expect(state.slot(2)?.reservation === second)
        state.finishedUnit(on: 3, at: 0)
        // The one that has waited longest.
        let next = state.nextAssignment(at: 0)
        #expect(next?.id == 3)
        #expect(next?.request === first)
        #expect(state.slot(1)?.reservation == nil)
        state.finishedUnit(on: 1, at: 0)
        check(assignments(&state), [1])
        #expect(state.slot(2)?.reservation == nil)
        #expect(state.waiting == 0)
    }

    @Test func `A lease does not wait for a connection that is to be closed`() {
        var state = state()
        open(&state, 1, 2)
        for _ in 0..<2 { check(state.enqueue(unit()), nil) }
        check(assignments(&state), [1, 2])
        check(state.enqueue(lease()), nil)
        check(assignments(&state), [])
        state.update(1) { $0.isRetiring = true }
        check(assignments(&state), [])
        #expect(state.slot(1)?.reservation == nil)
        #expect(state.slot(2)?.reservation != nil)
        state.finishedUnit(on: 2, at: 0)
        check(assignments(&state), [2])
        #expect(state.waiting == 0)
    }

    @Test func `A held connection serves nobody`() {
        var state = state()
        open(&state, 1)
        state.update(1) { $0.isHeld = true }
        check(state.enqueue(unit()), nil)
        check(state.enqueue(lease()), nil)
        check(assignments(&state), [])
        state.update(1) { $0.isHeld = false }
        check(assignments(&state), [1])
    }

    @Test func `Waiting is bounded in number and time`() {
        var state = state { $0.maximumWaiters = 2 }
        let first = unit()
        check(state.enqueue(first), nil)
        check(state.enqueue(unit()), nil)
        check(state.enqueue(unit())?.kind, .poolFull)
        let limit = state.limits.waitTimeout.nanoseconds
        check(state.expired(at: first.submittedAt + limit - 1).isEmpty, true)
        check(state.expired(at: Monotonic.now() + limit).count, 2)
        #expect(state.waiting == 0)
    }

    @Test func `Who gives up is passed over`() {
        var state = state()
        let first = unit()
        let second = unit()
        check(state.enqueue(first), nil)
        check(state.enqueue(second), nil)
        state.withdraw(first)
        first.fail(CancellationError())
        open(&state, 1)
        let next = state.nextAssignment(at: 0)
        #expect(next?.request === second)
        #expect(state.waiting == 0)
    }

    @Test func `A lease that gives up leaves its reservation`() {
        var state = state { $0.maximumConnections = 1 }
        open(&state, 1)
        check(state.enqueue(unit()), nil)
        check(assignments(&state), [1])
        let gone = lease()
        check(state.enqueue(gone), nil)
        check(assignments(&state), [])
        state.withdraw(gone)
        gone.fail(CancellationError())
        check(state.enqueue(unit()), nil)
        check(assignments(&state), [1])
        #expect(state.waiting == 0)
    }

    @Test func `A closed connection gives its reservation back to the queue`() {
        var state = state { $0.maximumConnections = 1 }
        open(&state, 1)
        check(state.enqueue(unit()), nil)
        check(assignments(&state), [1])
        check(state.enqueue(lease()), nil)
        check(assignments(&state), [])
        state.closed(1, by: PostgresError(.connectionLost, "gone"), at: 0, jitter: 0)
        open(&state, 2)
        check(assignments(&state), [2])
    }

    @Test func `Failing to connect opens the breaker, success closes it`() {
        var state = state { $0.circuitBreakerThreshold = 2 }
        let error = PostgresError(.connectFailed, "refused")
        check(state.connectionsToOpen(at: 0), 1)
        state.connecting -= 1
        state.backOff.failed(error, at: 0, jitter: 0)
        check(state.enqueue(unit()), nil)
        check(state.connectionsToOpen(at: 0), 0)
        check(state.connectionsToOpen(at: state.backOff.notBefore), 1)
        state.connecting -= 1
        state.backOff.failed(error, at: 0, jitter: 1)
        #expect(state.isBroken)
        let refusal = state.enqueue(unit())
        #expect(refusal?.kind == .unavailable)
        #expect(refusal?.message == "refused")
        check(state.abandonAll().count, 1)
        open(&state, 1)
        #expect(!state.isBroken)
        check(state.enqueue(unit()), nil)
    }

    @Test func `Back-off is capped so that a server is found again within two seconds`() {
        var backOff = BackOff()
        for _ in 0..<100 { backOff.failed(PostgresError(.connectFailed, ""), at: 0, jitter: 1) }
        #expect(backOff.notBefore <= 1_000_000_000)
    }

    @Test func `Idle connections beyond the minimum are closed, the others checked`() {
        var state = state()
        open(&state, 1, 2)
        check(state.upkeep(at: 1).isEmpty, true)
        check(state.upkeep(at: state.limits.keepAliveInterval.nanoseconds), [.check(1), .check(2)])
        #expect(state.slot(1)?.use == .shared(inFlight: 1))
        state.finishedUnit(on: 1, at: 5)
        state.finishedUnit(on: 2, at: 5)
        check(state.upkeep(at: 5 + state.limits.idleTimeout.nanoseconds), [.close(1), .check(2)])
    }

    @Test func `Checks do not keep an idle connection open`() {
        var state = state()
        open(&state, 1, 2)
        let keepAlive = state.limits.keepAliveInterval.nanoseconds
        check(state.upkeep(at: keepAlive), [.check(1), .check(2)])
        state.finishedCheck(on: 1, at: keepAlive)
        state.finishedCheck(on: 2, at: keepAlive)
        check(state.upkeep(at: keepAlive + 1).isEmpty, true)
        check(state.upkeep(at: state.limits.idleTimeout.nanoseconds), [.close(1), .check(2)])
    }

    @Test func `A server that accepts and hangs up is not called without a pause`() {
        var state = state()
        open(&state, 1)
        state.closed(1, by: PostgresError(.connectionLost, "gone"), at: 0, jitter: 0)
        check(state.connectionsToOpen(at: 0), 0)
        check(state.connectionsToOpen(at: state.backOff.notBefore), 1)
        state.connecting -= 1
        #expect(state.backOff.failures == 1)
        // One that had served is replaced at once.
        open(&state, 2)
        check(state.enqueue(unit()), nil)
        check(assignments(&state), [2])
        state.finishedUnit(on: 2, at: 0)
        state.closed(2, by: PostgresError(.connectionLost, "gone"), at: 0, jitter: 0)
        check(state.connectionsToOpen(at: 0), 1)
    }

    @Test func `A server that accepts and hangs up opens the breaker, its first answer closes it`() {
        var state = state()
        for id in 1...3 {
            open(&state, id)
            state.closed(id, by: PostgresError(.connectionLost, "gone"), at: 0, jitter: 0)
        }
        #expect(state.backOff.failures == 3)
        #expect(state.isBroken)
        open(&state, 4)
        #expect(!state.isBroken)
        #expect(state.backOff.failures == 3)
        check(state.enqueue(lease()), nil)
        check(assignments(&state), [4])
        state.begunLease(of: 4, at: 0)
        #expect(state.backOff.failures == 0)
        // What answered before says nothing about new connections.
        state.backOff.failed(PostgresError(.connectFailed, "too many"), at: 0, jitter: 0)
        state.finishedLease(of: 4, at: 0)
        #expect(state.backOff.failures == 1)
    }

    @Test func `What failed while another connection served does not refuse callers when that is gone`() {
        var state = state()
        open(&state, 1)
        check(state.enqueue(unit()), nil)
        check(assignments(&state), [1])
        state.finishedUnit(on: 1, at: 0)
        for _ in 1...state.limits.circuitBreakerThreshold { state.backOff.failed(PostgresError(.connectFailed, "too many"), at: 0, jitter: 0) }
        state.closed(1, by: PostgresError(.connectionLost, "gone"), at: 0, jitter: 0)
        #expect(!state.isBroken)
        check(state.enqueue(unit()), nil)
        check(state.connectionsToOpen(at: 0), 1)
    }

    @Test func `Only the answers of connections that are old enough show that others are not frozen`() {
        var state = state()
        open(&state, 1)
        state.connecting += 1
        state.opened(2, at: 10)
        #expect(!state.hasAnswered([1, 2], openedBy: 5, since: 5))
        state.finishedUnit(on: 2, at: 11)
        #expect(!state.hasAnswered([1, 2], openedBy: 5, since: 5))
        state.finishedUnit(on: 1, at: 6)
        #expect(state.hasAnswered([1, 2], openedBy: 5, since: 5))
        #expect(!state.hasAnswered([2], openedBy: 5, since: 5))
        #expect(!state.hasAnswered([1], openedBy: 5, since: 6))
    }

    @Test func `Nothing is opened or taken while draining`() {
        var state = state()
        state.isDraining = true
        check(state.enqueue(unit())?.kind, .shutDown)
        check(state.connectionsToOpen(at: 0), 0)
        #expect(state.isQuiet)
    }
}
