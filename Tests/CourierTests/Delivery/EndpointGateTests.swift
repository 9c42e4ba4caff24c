import Testing

@testable import Courier

/// The circuit breaker with a slow start (api.md 7).
@Suite struct EndpointGateTests {
    private let start = ContinuousClock.now

    private func after(_ seconds: Double) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }

    private func finished(_ gate: EndpointGate, _ feedback: [EndpointGate.Feedback]) -> EndpointGate {
        var gate = gate
        for feedback in feedback {
            gate.start()
            gate.finish(feedback, at: start, jitter: 1)
        }
        return gate
    }

    @Test func widensWithSuccessesUpToTheMaximum() {
        let gate = EndpointGate(maximum: 4)
        #expect(gate.room(at: start) == 1 && !gate.isProven)
        #expect(finished(gate, [.success]).room(at: start) == 2)
        #expect(finished(gate, [.success, .success]).room(at: start) == 4)
        #expect(finished(gate, [.success, .success, .success]).room(at: start) == 4)
        #expect(finished(gate, [.success]).isProven)
    }

    @Test func aFailureTakesItBackToOne() {
        let gate = finished(EndpointGate(maximum: 4), [.success, .success, .failure])
        #expect(gate.room(at: start) == 1 && !gate.isProven)
    }

    @Test func severalFailuresInARowPauseItAndThenOneTries() {
        let four = finished(EndpointGate(maximum: 4), [.failure, .failure, .failure, .failure])
        #expect(four.room(at: start) == 1)
        var five = finished(four, [.failure])
        #expect(five.room(at: start) == 0 && five.room(at: after(1.1)) == 1)
        five.start()
        #expect(five.room(at: after(1.1)) == 0)
        five.finish(.failure, at: after(1.1), jitter: 1)
        #expect(five.room(at: after(2.9)) == 0 && five.room(at: after(3.2)) == 1)
        five.start()
        five.finish(.success, at: after(3.2), jitter: 1)
        #expect(five.room(at: after(3.2)) == 2)
    }

    @Test func slownessPausesItAtOnceForAsLongAsAskedWithinReason() {
        let slow = finished(EndpointGate(maximum: 4), [.slow(retryAfter: nil)])
        #expect(slow.room(at: after(3.9)) == 0 && slow.room(at: after(4.1)) == 1)
        let asked = finished(EndpointGate(maximum: 4), [.slow(retryAfter: 100)])
        #expect(asked.room(at: after(99)) == 0 && asked.room(at: after(101)) == 1)
        let greedy = finished(EndpointGate(maximum: 4), [.slow(retryAfter: 86_400)])
        #expect(greedy.room(at: after(301)) == 1)
    }

    @Test func pausesEndHoweverOftenItFailed() {
        let gate = finished(EndpointGate(maximum: 4), Array(repeating: .slow(retryAfter: nil), count: 200))
        #expect(gate.room(at: after(59)) == 0 && gate.room(at: after(61)) == 1)
    }

    @Test func whatWeStoppedOurselvesSaysNothing() {
        let gate = finished(EndpointGate(maximum: 4), [.success, .none])
        #expect(gate.room(at: start) == 2)
    }

    /// Whoever answers late is trusted less, and not sent less at a time: he does take what he is sent.
    @Test func whoAnswersLateIsNotProvenUntilHeAnswersSoon() {
        let late = finished(EndpointGate(maximum: 4), [.success, .lateSuccess])
        #expect(late.isTroubled && !late.isProven && late.room(at: start) == 4)
        let soon = finished(late, [.success])
        #expect(!soon.isTroubled && soon.isProven)
        #expect(!EndpointGate(maximum: 4).isTroubled)
    }

    @Test func everyFourthAttemptIsTheNewests() {
        let gate = finished(EndpointGate(maximum: 4), [.success, .success])
        #expect([0, 1, 2, 5, 6].map(gate.newest(of:)) == [0, 0, 1, 1, 2])
    }
}
