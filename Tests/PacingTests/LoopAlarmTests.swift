import Testing

@testable import Pacing

@Suite(.timeLimit(.minutes(1))) struct LoopAlarmTests {
    private let start = ContinuousClock.now

    @Test func onlyTheOneSetLastRings() async throws {
        let (rings, sink) = AsyncStream<Int>.makeStream()
        var alarm = LoopAlarm()
        alarm.set(for: start.advanced(by: .seconds(3_600))) { sink.yield($0) }
        alarm.set(for: start) { sink.yield($0) }
        let number = try #require(await rings.first { _ in true })
        #expect(number == 2)
        let verdicts = (first: alarm.hasRung(1), second: alarm.hasRung(2))
        #expect(verdicts == (false, true))
    }

    @Test func theSameTimeAndNoTimeLeaveItAsItIs() {
        var alarm = LoopAlarm()
        defer { alarm.cancel() }
        let time = start.advanced(by: .seconds(3_600))
        alarm.set(for: time) { _ in }
        alarm.set(for: time) { _ in }
        alarm.set(for: nil) { _ in }
        let verdicts = (first: alarm.hasRung(1), second: alarm.hasRung(2))
        #expect(verdicts == (true, false))
    }

    @Test func itCanBeSetForTheTimeAtWhichItRang() async throws {
        let (rings, sink) = AsyncStream<Int>.makeStream()
        var alarm = LoopAlarm()
        var numbers = rings.makeAsyncIterator()
        for number in 1...2 {
            alarm.set(for: start) { sink.yield($0) }
            let rung = await numbers.next()
            let isLast = alarm.hasRung(number)
            #expect(rung == number && isLast)
        }
    }
}
