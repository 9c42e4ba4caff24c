/// Whether others write to the database just now: by how far the server counts its transactions on beyond the steps that this scheduler takes itself.
///
/// The count is the whole server's, so that any tenant's commands are seen, and costs no look into any table.
struct OthersWrites {
    typealias Instant = ContinuousClock.Instant

    /// How long is looked at before the answer may change.
    static let window: Duration = .milliseconds(500)
    /// How long is looked at before the first answer: a short re-evaluation would be over before a long look.
    static let firstWindow: Duration = .milliseconds(100)
    /// An older answer says nothing.
    static let maximumAge: Duration = .seconds(5)
    /// Transactions a second that are nobody's work: a process that looks after its tables, a wake-up.
    static let noise = 5.0
    /// Of ten own steps so many may have sent a wake-up, which is a transaction, too.
    static let wakeUpsPerStep = 0.25

    private var begin: (count: Int64, instant: Instant)?
    private var steps = 0
    private var hasLooked = false
    /// True until the opposite has been seen.
    private(set) var areSeen = true

    /// - Parameters:
    ///   - count: of the server's transactions, when an own step began.
    mutating func note(_ count: Int64, at instant: Instant) {
        defer { steps += 1 }
        guard let begin, begin.instant.duration(to: instant) < Self.maximumAge else {
            (areSeen, hasLooked) = (true, false)
            restart(count, at: instant)
            return
        }
        let elapsed = begin.instant.duration(to: instant)
        guard elapsed >= (hasLooked ? Self.window : Self.firstWindow) else { return }
        // In a short look there is hardly any noise, and a single command may be all that is seen of those who work all the time.
        let noise = hasLooked ? elapsed / .seconds(1) * Self.noise : 0
        let allowed = noise + Double(steps) * Self.wakeUpsPerStep
        areSeen = Double(count - begin.count - Int64(steps)) > allowed
        hasLooked = true
        restart(count, at: instant)
    }

    private mutating func restart(_ count: Int64, at instant: Instant) {
        begin = (count, instant)
        steps = 0
    }
}
