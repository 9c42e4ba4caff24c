import Domain
import Store
import Testing

@testable import Scheduler

/// When the scheduler looks, and whose turn it is: without a database.
@Suite struct SchedulerTimingTests {
    private let start = ContinuousClock().now

    private func timing(after discovery: TimerDiscovery) -> SchedulerTiming {
        var timing = SchedulerTiming(pollInterval: .seconds(1), at: start)
        #expect(timing.isDue(at: start))
        timing.began()
        timing.ended(discovery, started: start, at: start)
        return timing
    }

    @Test("Idle, it looks at most once a second, and not much less often")
    func idle() {
        for untilNext in [nil, 3_600_000_000] as [Int64?] {
            let next = timing(after: TimerDiscovery(tenants: [], due: 0, untilNext: untilNext)).next
            #expect(start.advanced(by: .milliseconds(1_019)) <= next && next <= start.advanced(by: .milliseconds(1_101)))
        }
    }

    @Test("It looks when the next timer is due")
    func nextTimer() {
        #expect(timing(after: TimerDiscovery(tenants: [], due: 0, untilNext: 300_000)).next == start.advanced(by: .milliseconds(300)))
    }

    @Test("A wake-up is answered at once, and a flood of them together")
    func wakeUp() {
        var timing = timing(after: TimerDiscovery(tenants: [], due: 0, untilNext: nil))
        timing.want()
        #expect(!timing.isDue(at: start))
        #expect(timing.isDue(at: start.advanced(by: .milliseconds(20))))
    }

    @Test("Only a look that found many tenants puts off the next one, and never for longer than the poll interval")
    func longLooks() {
        func pause(tenants: Int, took: Duration) -> Duration {
            var timing = SchedulerTiming(pollInterval: .seconds(1), at: start)
            let end = start.advanced(by: took)
            let found = (0..<tenants).map { TenantID(high: 0, low: UInt64($0)) }
            timing.began()
            timing.ended(TimerDiscovery(tenants: found, due: tenants, untilNext: nil), started: start, at: end)
            timing.want()
            return end.duration(to: timing.next)
        }
        #expect(pause(tenants: 0, took: .seconds(10)) == .milliseconds(20))
        #expect(pause(tenants: 63, took: .seconds(10)) == .milliseconds(20))
        #expect(pause(tenants: 64, took: .milliseconds(50)) == .milliseconds(450))
        #expect(pause(tenants: 64, took: .milliseconds(1)) == .milliseconds(20))
        #expect(pause(tenants: 64, took: .seconds(10)) == .seconds(1))
    }

    @Test("Errors are retried with growing pauses below 5 seconds, whatever is wanted")
    func failures() {
        var timing = SchedulerTiming(pollInterval: .seconds(1), at: start)
        for count in 1...10 {
            timing.began()
            #expect(timing.failed(at: start) == count)
            #expect(timing.next > start.advanced(by: .milliseconds(49)) && timing.next <= start.advanced(by: .seconds(1)))
        }
    }

    @Test("Others' writes are what the server counts beyond this scheduler's own steps; until they are known to be none, there are some")
    func othersWrites() {
        var others = OthersWrites()
        var count: Int64 = 7_000_000_000
        var now = start
        /// Half a second with twenty own steps, each a transaction, and so many of others.
        func pass(others writes: Int64) {
            for step in 0..<20 as Range<Int64> {
                now = now.advanced(by: .milliseconds(25))
                count += 1 + writes * (step + 1) / 20 - writes * step / 20
                others.note(count, at: now)
            }
        }
        #expect(others.areSeen)
        pass(others: 0)
        pass(others: 0)
        #expect(!others.areSeen)
        pass(others: 2)
        #expect(!others.areSeen, "a vacuum, a wake-up")
        pass(others: 50)
        pass(others: 50)
        #expect(others.areSeen)
        pass(others: 0)
        pass(others: 0)
        #expect(!others.areSeen)
        // A later re-evaluation begins with caution again.
        now = now.advanced(by: .seconds(60))
        others.note(count, at: now)
        #expect(others.areSeen)
    }

    @Test("The first answer about others' writes takes a tenth of a second", arguments: [0, 100] as [Int64])
    func firstAnswer(othersPerSecond: Int64) {
        var others = OthersWrites()
        for step in 0...4 as ClosedRange<Int64> {
            others.note(7_000 + step + othersPerSecond * step / 40, at: start.advanced(by: .milliseconds(25 * step)))
        }
        #expect(others.areSeen == (othersPerSecond > 0))
    }

    @Test("Tenants take turns; one that wants more goes behind the others")
    func turns() {
        var board = SchedulerBoard()
        let tenants = (1...3).map { TenantID(high: 0, low: $0) }
        board.take(tenants)
        board.take(tenants)
        #expect(board.next() == tenants[0])
        // Running: it is not given out twice.
        board.take([tenants[0]])
        board.finish(SchedulerTurnReport(tenant: tenants[0], end: .more), at: start)
        #expect([board.next(), board.next(), board.next()] == [tenants[1], tenants[2], tenants[0]])
        #expect(board.next() == nil)
        for tenant in tenants { board.finish(SchedulerTurnReport(tenant: tenant, end: .done), at: start) }
        #expect(board.isIdle && board.nextRetry == nil)
    }

    @Test("A blocked tenant rests, longer each time, and starts afresh once it is due no more")
    func rest() throws {
        var board = SchedulerBoard()
        let tenant = TenantID(high: 0, low: 1)
        var now = start
        for failures in 1...8 {
            board.take([tenant])
            #expect(board.next() == tenant)
            board.finish(SchedulerTurnReport(tenant: tenant, end: .blocked), at: now)
            board.take([tenant])
            #expect(board.next() == nil)
            let retry = try #require(board.nextRetry)
            let ceiling = min(Duration.milliseconds(20) * (1 << min(failures - 1, 6)), .seconds(1))
            #expect(now.advanced(by: ceiling / 2) <= retry && retry <= now.advanced(by: ceiling))
            let early = board.endRests(at: now)
            #expect(!early)
            now = retry
            let ended = board.endRests(at: now)
            #expect(ended)
        }
        board.take([])
        board.take([tenant])
        #expect(board.next() == tenant)
        board.finish(SchedulerTurnReport(tenant: tenant, end: .blocked), at: now)
        #expect(try #require(board.nextRetry) <= now.advanced(by: .milliseconds(20)))
    }
}
