/// How much one receiver gets at a time: a circuit breaker with a slow start, so that a receiver that hangs costs the others nothing (api.md 7).
///
/// A receiver begins with one attempt at a time; each success doubles that up to the maximum, each failure takes it back to one. After several failures in
/// a row, or one that asks for slowness, nothing is sent for a while; then one attempt tries.
struct EndpointGate {
    /// What an attempt's end says about its receiver.
    enum Feedback: Hashable {
        case success
        case failure
        /// 429, 502, 504 or no answer in time: slow down at once, at least as long as the receiver asked (in seconds).
        case slow(retryAfter: Int64?)
        /// Nothing: we stopped it, or the fault is ours.
        case none
    }

    /// So many failures in a row open the circuit.
    static let failureLimit = 5
    /// The first and the longest pause.
    static let pauses: (first: Duration, longest: Duration) = (.seconds(1), .seconds(60))
    /// The longest pause that a receiver can ask for; its row waits for as long as it asked.
    static let maximumAskedPause: Duration = .seconds(300)

    let maximum: Int
    private(set) var inFlight = 0
    private(set) var width: Int
    private(set) var failures = 0
    private(set) var pausedUntil: ContinuousClock.Instant?

    init(maximum: Int, width: Int = 1) {
        self.maximum = max(1, maximum)
        self.width = min(max(1, width), self.maximum)
    }

    /// Whether it has answered well lately.
    var isProven: Bool { failures == 0 && width > 1 }

    /// Nothing would be lost by forgetting it.
    func isForgettable(at instant: ContinuousClock.Instant) -> Bool {
        inFlight == 0 && !isPaused(at: instant)
    }

    func isPaused(at instant: ContinuousClock.Instant) -> Bool {
        pausedUntil.map { instant < $0 } ?? false
    }

    /// How many attempts may be started now.
    func room(at instant: ContinuousClock.Instant) -> Int {
        isPaused(at: instant) ? 0 : max(0, width - inFlight)
    }

    mutating func start() {
        inFlight += 1
    }

    /// - Parameter jitter: a uniform random number from 0 to 1: couriers must not come back in step.
    /// - Returns: whether this opened the circuit.
    @discardableResult
    mutating func finish(_ feedback: Feedback, at instant: ContinuousClock.Instant, jitter: Double) -> Bool {
        inFlight = max(0, inFlight - 1)
        switch feedback {
        case .none:
            return false
        case .success:
            failures = 0
            pausedUntil = nil
            width = min(maximum, width * 2)
            return false
        case .failure:
            failures += 1
            width = 1
            guard failures >= Self.failureLimit else { return false }
            return pause(for: .zero, doublings: failures - Self.failureLimit, at: instant, jitter: jitter)
        case .slow(let retryAfter):
            failures += 1
            width = 1
            let asked = min(.seconds(max(0, retryAfter ?? 0)), Self.maximumAskedPause)
            return pause(for: asked, doublings: failures + 1, at: instant, jitter: jitter)
        }
    }

    private mutating func pause(for asked: Duration, doublings: Int, at instant: ContinuousClock.Instant, jitter: Double) -> Bool {
        let scheduled = min(Self.pauses.first * (1 << min(doublings, 6)), Self.pauses.longest)
        let wasPaused = isPaused(at: instant)
        let until = instant.advanced(by: max(scheduled * (0.75 + 0.25 * min(max(jitter, 0), 1)), asked))
        pausedUntil = max(until, pausedUntil ?? until)
        return !wasPaused
    }
}
