import Domain
import Testing

/// For how long the change feed waits, told from the numbers of transactions.
@Suite struct FeedDelayTests {
    private let start = ContinuousClock().now

    /// What each reading comes to, one every 15 seconds, in seconds.
    private func delays(_ readings: [(oldest: Int64, next: Int64)], limit: Int = 1_000) -> [Int64] {
        var delay = FeedDelay(limit: limit)
        return readings.enumerated().map { index, reading in
            delay.note(FeedHorizon(oldest: reading.oldest, next: reading.next), at: start + .seconds(15 * index)).components.seconds
        }
    }

    @Test("Where nothing is open, or all that is open is new, the feed waits for nothing")
    func nothing() {
        #expect(delays([(10, 10), (10, 10), (20, 20)]) == [0, 0, 0])
        #expect(delays([(10, 12), (13, 15), (15, 17), (30, 40)]) == [0, 0, 0, 0])
    }

    @Test("It waits for the oldest transaction, also where no other writes, and from then on for the next one, as long as that is open")
    func waiting() {
        #expect(delays([(10, 11), (10, 11), (10, 30), (10, 31), (31, 31)]) == [0, 15, 30, 45, 0])
        // The second began between the first two readings: it was open for 30 s when the first ended.
        #expect(delays([(10, 11), (10, 20), (10, 21), (15, 30), (15, 31)]) == [0, 15, 30, 30, 45])
        #expect(delays([(10, 11), (10, 20), (25, 30)]) == [0, 15, 0])
    }

    @Test("Where the numbers went back another server is read: its waits begin with its own readings")
    func restored() {
        #expect(delays([(100, 110), (100, 120), (5, 9), (5, 10), (10, 10)]) == [0, 15, 0, 15, 0])
    }

    @Test("A wait of any length is told from few readings")
    func bounded() {
        let readings = (0..<1_000).map { (oldest: Int64(5), next: Int64(10 + $0)) }
        #expect(delays(readings, limit: 8).last ?? -1 == 14_985)
        // The next one's wait is told from what is left: too low, never too high.
        let after = delays(readings + [(oldest: 500, next: 2_000)], limit: 8).last ?? -1
        #expect(after > 0 && after <= 15 * 509)
    }
}
