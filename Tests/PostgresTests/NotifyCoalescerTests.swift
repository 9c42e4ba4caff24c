import Testing

@testable import Postgres

@Suite struct NotifyCoalescerTests {
    @Test func `The first goes at once, the rest together after the interval`() {
        var coalescer = NotifyCoalescer(interval: 10, burst: 1)
        check(coalescer.add("a"), true)
        check(coalescer.take(at: 100).due, ["a"])
        for _ in 0..<5 { check(coalescer.add("a"), true) }
        let early = coalescer.take(at: 105)
        #expect(early.due == [])
        #expect(early.next == 110)
        let later = coalescer.take(at: 110)
        #expect(later.due == ["a"])
        #expect(later.next == nil)
    }

    @Test func `Neighbours go at once, a stream one each interval`() {
        var coalescer = NotifyCoalescer(interval: 10, burst: 3)
        func sent(at time: Int64) -> Bool {
            _ = coalescer.add("a")
            return coalescer.take(at: time).due == ["a"]
        }
        #expect([100, 101, 102, 103].map(sent) == [true, true, true, false])
        // One allowance is back at 110, and what waited took it: the next is back at 120.
        #expect([109, 110, 111, 119, 120].map(sent) == [false, true, false, false, true])
        // A flood of ten thousand asks in a thousand instants is three at first and one each ten.
        coalescer = NotifyCoalescer(interval: 10, burst: 3)
        #expect((0..<10_000).count { sent(at: Int64($0 / 10)) } == 102)
        // A quiet time fills the allowance, and not beyond.
        #expect([5_000, 5_000, 5_000, 5_000].map(sent) == [true, true, true, false])
    }

    @Test func `Who sends himself takes from the same allowance`() {
        var coalescer = NotifyCoalescer(interval: 10, burst: 2)
        #expect(coalescer.reserve(["a", "b"], at: 100) == ["a", "b"])
        #expect(coalescer.reserve(["b"], at: 101) == ["b"])
        #expect(coalescer.reserve(["a", "b"], at: 102) == ["a"])
        // Nothing is left of either, and what is added waits.
        check(coalescer.add("b"), true)
        let early = coalescer.take(at: 103)
        #expect(early.due == [])
        #expect(early.next == 110)
        #expect(coalescer.reserve(["a"], at: 109) == [])
        #expect(coalescer.take(at: 110).due == ["b"])
    }

    @Test func `Channels do not wait for each other`() {
        var coalescer = NotifyCoalescer(interval: 10, burst: 1)
        check(coalescer.add("a"), true)
        _ = coalescer.take(at: 0)
        check(coalescer.add("a"), true)
        check(coalescer.add("b"), true)
        let taken = coalescer.take(at: 5)
        #expect(taken.due == ["b"])
        #expect(taken.next == 10)
        check(coalescer.takeAll(), ["a"])
    }

    @Test func `Channels are bounded`() {
        var coalescer = NotifyCoalescer(interval: 10, burst: 1)
        for number in 0..<NotifyCoalescer.maximumChannels { check(coalescer.add("\(number)"), true) }
        check(coalescer.add("one more"), false)
        check(coalescer.add("0"), true)
    }

    @Test func `A forced pass is not replaced by a hint`() async {
        let subscription = Subscription()
        subscription.wake(.notified)
        subscription.wake(.reconnected)
        subscription.wake(.notified)
        #expect(await subscription.next() == .reconnected)
        subscription.wake(.notified)
        #expect(await subscription.next() == .notified)
        subscription.finish()
        #expect(await subscription.next() == nil)
    }

    @Test func `Timers ring in order, once, and not when cleared`() {
        final class Owner {}
        let owners = [Owner(), Owner(), Owner()]
        var timers = TimerSet()
        for (index, owner) in owners.enumerated() { timers.set(ObjectIdentifier(owner), at: Int64(index + 1) * 1_000_000) {} }
        #expect(timers.milliseconds(from: 0) == 1)
        timers.clear(ObjectIdentifier(owners[1]))
        check(timers.due(at: 999_999).isEmpty, true)
        check(timers.due(at: 2_000_000).count, 1)
        #expect(timers.milliseconds(from: 2_000_000) == 1)
        check(timers.due(at: 3_000_000).count, 1)
        #expect(timers.milliseconds(from: 3_000_000) == -1)
    }
}
