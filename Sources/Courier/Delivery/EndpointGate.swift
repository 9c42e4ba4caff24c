/// How much one receiver gets at a time: a circuit breaker with a slow start, so that a receiver that hangs costs the others nothing (api.md 7).
///
/// A receiver begins with one attempt at a time; each success doubles that up to the maximum, each failure takes it back to one. After several failures in
/// a row, or one that asks for slowness, nothing is sent for a while; then one attempt tries. What a gate remembers also decides which part of all attempts
/// its receiver shares with others (``DeliveryBoard``).
struct EndpointGate {
    /// What an attempt's end says about its receiver.
    enum Feedback: Hashable {
        case success
        /// It took the message, after longer than ``tardiness``.
        case lateSuccess
        case failure
        /// 429, 502, 504 or no answer in time: slow down at once, at least as long as the receiver asked (in seconds).
        case slow(retryAfter: Int64?)
        /// Nothing: we stopped it, or the fault is ours.
        case none
    }

    /// Where there is a backlog, one attempt in so many is for what became due last (decision 21).
    static let newestEvery = 4
    /// Whoever takes longer to answer well holds up others.
    static let tardiness: Duration = .seconds(2)
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
    private var isTardy = false
    private var started = 0

    init(maximum: Int, width: Int = 1) {
        self.maximum = max(1, maximum)
        self.width = min(max(1, width), self.maximum)
    }

    /// Whether it has answered well and soon lately.
    var isProven: Bool { !isTroubled && width > 1 }

    /// Whether its last answer was none, a bad or a late one.
    var isTroubled: Bool { failures > 0 || isTardy }

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

    /// How many of the next attempts are for what became due last, where there is a backlog.
    func newest(of attempts: Int) -> Int {
        (started + attempts) / Self.newestEvery - started / Self.newestEvery
    }

    mutating func start() {
        inFlight += 1
        started += 1
    }

    /// - Parameter jitter: a uniform random number from 0 to 1: couriers must not come back in step.
    /// - Returns: whether this opened the circuit.
    @discardableResult
    mutating func finish(_ feedback: Feedback, at instant: ContinuousClock.Instant, jitter: Double) -> Bool {
        inFlight = max(0, inFlight - 1)
        switch feedback {
        case .none:
            return false
        case .success, .lateSuccess:
            failures = 0
            isTardy = feedback == .lateSuccess
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
