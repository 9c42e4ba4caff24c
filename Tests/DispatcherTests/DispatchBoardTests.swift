import Domain
import Store
import Testing

@testable import Dispatcher

/// Whose turn it is, without a database.
@Suite struct DispatchBoardTests {
    private let instant = ContinuousClock.now

    private func lane(_ tenant: UInt64, _ queue: UInt64 = 1, weight: Int = 1) -> RoutingLane {
        RoutingLane(tenant: TenantID(high: 0, low: tenant), queue: QueueID(high: tenant, low: queue), weight: weight)
    }

    /// Routing.md H: a tenant with endless work does not keep another from its turn.
    @Test func turnsGoAround() {
        var board = DispatchBoard(quantum: 50)
        for tenant in 1...3 { board.add(lane(UInt64(tenant), weight: tenant)) }
        var order: [UInt64] = []
        var allowances: [Int] = []
        for _ in 0..<6 {
            guard let turn = board.next() else { break }
            order.append(turn.tenant.low)
            allowances.append(turn.allowance)
            var report = DispatchTurnReport(tenant: turn.tenant)
            report.more = turn.queues.order
            board.finish(report, at: instant)
        }
        #expect(order == [1, 2, 3, 1, 2, 3])
        #expect(allowances == [50, 100, 150, 50, 100, 150])
    }

    @Test("A turn that took up more than it may is made up for, as long as others wait")
    func aTurnBeyondItsAllowanceIsCharged() {
        var board = DispatchBoard(quantum: 50)
        board.add(lane(1))
        board.add(lane(2))
        var order: [UInt64] = []
        for turnNumber in 0..<6 {
            guard let turn = board.next() else { break }
            order.append(turn.tenant.low)
            var report = DispatchTurnReport(tenant: turn.tenant)
            report.more = turn.queues.order
            report.spent = turnNumber == 0 ? 200 : turn.allowance
            board.finish(report, at: instant)
        }
        #expect(order == [1, 2, 2, 2, 2, 1])
        // Nobody else: no debt.
        var alone = DispatchBoard(quantum: 50)
        alone.add(lane(1))
        for _ in 0..<3 {
            guard let turn = alone.next() else { break }
            #expect(turn.allowance == 50)
            var report = DispatchTurnReport(tenant: turn.tenant)
            report.more = turn.queues.order
            report.spent = 10_000
            alone.finish(report, at: instant)
        }
        alone.add(lane(2))
        #expect(alone.next()?.tenant.low == 1)
    }

    @Test func aTenantHasOneTurnAtATime() {
        var board = DispatchBoard(quantum: 50)
        board.add(lane(1))
        let turn = board.next()
        #expect(turn?.tenant.low == 1)
        board.add(lane(1, 2))
        #expect(board.next() == nil)
        board.finish(DispatchTurnReport(tenant: TenantID(high: 0, low: 1)), at: instant)
        #expect(board.next()?.queues.order == [QueueID(high: 1, low: 2)])
    }

    @Test func theQueueThatWasServedLastGoesToTheEnd() {
        var board = DispatchBoard(quantum: 50)
        for queue in 1...3 { board.add(lane(1, UInt64(queue))) }
        guard let turn = board.next() else {
            Issue.record("there is no turn")
            return
        }
        // Found again while the first is worked on.
        board.add(lane(1, 1))
        var report = DispatchTurnReport(tenant: turn.tenant)
        report.more = [turn.queues.order[1], turn.queues.order[2], turn.queues.order[0]]
        board.finish(report, at: instant)
        #expect(board.next()?.queues.order.map(\.low) == [2, 3, 1])
    }

    @Test func aBlockedQueueRestsAndComesBack() {
        var board = DispatchBoard(quantum: 50)
        board.add(lane(1))
        var rests: [Duration] = []
        var now = instant
        for _ in 0..<10 {
            guard let turn = board.next() else { break }
            var report = DispatchTurnReport(tenant: turn.tenant)
            report.blocked = turn.queues.order
            board.finish(report, at: now)
            board.add(lane(1))
            #expect(board.next() == nil)
            guard let retry = board.nextRetry else { break }
            rests.append(now.duration(to: retry))
            now = retry
            board.wakeRested(at: now)
            #expect(board.nextRetry == nil)
        }
        #expect(rests.count == 10)
        #expect(rests[0] >= .milliseconds(5) && rests[0] <= .milliseconds(10))
        #expect(rests[9] >= .milliseconds(250) && rests[9] <= .milliseconds(500))
    }

    @Test("A turn that began with its look has the allowance of one that is found, and is one as any other", arguments: [1, 3])
    func aTurnThatHasBegun(weight: Int) throws {
        var (board, found) = (DispatchBoard(quantum: 50), DispatchBoard(quantum: 50))
        #expect(board.isQuiet)
        let turn = DispatchTurn(of: lane(1, weight: weight), quantum: 50)
        found.add(lane(1, weight: weight))
        let other = found.next()
        #expect(turn.allowance == other?.allowance && turn.queues.order == other?.queues.order)
        board.begin(turn, weight: weight)
        #expect(board.runningCount == 1 && !board.isIdle && !board.isQuiet)
        // Found again while it is under way.
        board.add(lane(1, weight: weight))
        #expect(board.next() == nil)
        var report = DispatchTurnReport(tenant: turn.tenant)
        report.done = turn.queues.order
        // Beside somebody who waits, what it took beyond its allowance is made up for.
        report.spent = 3 * turn.allowance
        board.add(lane(2))
        board.finish(report, at: instant)
        let order = (0..<4).map { _ in
            let next = board.next()
            if let next {
                var end = DispatchTurnReport(tenant: next.tenant)
                (end.more, end.spent) = (next.queues.order, next.allowance)
                board.finish(end, at: instant)
            }
            return next?.tenant.low
        }
        #expect(order == [2, 2, 2, 1])
    }

    @Test("A board on which something rests is not quiet: it may begin a turn at any moment")
    func restsAreNotQuiet() {
        var board = DispatchBoard(quantum: 50)
        let turn = DispatchTurn(of: lane(1), quantum: 50)
        board.begin(turn, weight: 1)
        var report = DispatchTurnReport(tenant: turn.tenant)
        report.blocked = turn.queues.order
        board.finish(report, at: instant)
        #expect(board.isIdle && !board.isQuiet)
        board.wakeRested(at: instant.advanced(by: .seconds(1)))
        #expect(!board.isIdle && board.next()?.tenant == turn.tenant)
        report.blocked = []
        report.done = turn.queues.order
        board.finish(report, at: instant)
        #expect(board.isQuiet)
    }

    @Test func aDueStepIsNotForgottenByASignal() {
        var queues = PendingQueues()
        let queue = QueueID(high: 1, low: 1)
        queues.add(queue, isStepDue: true)
        queues.add(queue, isStepDue: false)
        #expect(queues.isStepDue(queue) && queues.order == [queue])
    }
}
