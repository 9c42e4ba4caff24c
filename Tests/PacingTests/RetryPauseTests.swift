import Testing

@testable import Pacing

@Suite struct RetryPauseTests {
    @Test func itDoublesToASecond() {
        var pause = RetryPause()
        for ceiling in [100, 200, 400, 800, 1_000, 1_000] {
            let wait = pause.failed()
            #expect(wait >= .milliseconds(ceiling / 2) && wait <= .milliseconds(ceiling))
        }
        #expect(pause.failures == 6)
    }

    @Test func aSuccessBeginsAnew() {
        var pause = RetryPause()
        for _ in 1...5 { _ = pause.failed() }
        pause.succeeded()
        let wait = pause.failed()
        #expect(pause.failures == 1)
        #expect(wait <= .milliseconds(100))
    }
}
