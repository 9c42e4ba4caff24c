import Testing

@testable import Postgres

@Suite struct WakeUpCarriersTests {
    /// Whether each of the times got one.
    private func taken(_ carriers: inout WakeUpCarriers, at times: Int64...) -> [Bool] {
        times.map { carriers.take(at: $0) }
    }

    @Test func `Few at a time carry wake-ups`() {
        var carriers = WakeUpCarriers()
        #expect(taken(&carriers, at: 0, 0, 0) == [true, true, false])
        carriers.release(startedAt: 0, at: 1_000_000)
        #expect(taken(&carriers, at: 1_000_000, 1_000_000) == [true, false])
    }

    @Test func `A slow one is followed by a pause`() {
        var carriers = WakeUpCarriers()
        #expect(taken(&carriers, at: 0) == [true])
        carriers.release(startedAt: 0, at: 10_000_001)
        #expect(taken(&carriers, at: 10_000_001, 1_010_000_000, 1_010_000_001) == [false, false, true])
        carriers.release(startedAt: 1_010_000_001, at: 1_011_000_000)
        #expect(taken(&carriers, at: 1_011_000_000) == [true])
    }

    @Test func `None joins one that is slow`() {
        var carriers = WakeUpCarriers()
        #expect(taken(&carriers, at: 0, 10_000_001) == [true, false])
    }
}
