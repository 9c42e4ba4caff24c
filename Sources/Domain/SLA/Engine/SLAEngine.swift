/// Applies what happens to a ticket to its clocks (sla.md, Timers). Pure: the same signals, policies and calendars give the same ledger.
///
/// Callers give all signals of one change (one transaction) in one call, with the database's time, and let the times of a ticket's changes
/// grow: then applying them one change at a time, with the scheduler's firings in between, gives what ``replay(_:)`` gives.
public struct SLAEngine: Sendable {
    public let context: SLAContext

    /// The first instant that clocks can count from: calendars are compiled from the year 1900 on.
    public static let earliestTime = CalendarYears.range.lowerBound

    public init(context: SLAContext) {
        self.context = context
    }

    /// Applies signals in the order of their times. Signals of one instant take effect in the order of sla.md. Of the timers that were over
    /// before, the ledger keeps only the newest (``SLALedger/shortened()``): whoever stores it has stored those.
    ///
    /// - Returns: the thresholds that fell due before or at these signals and were not recorded yet, in order; the caller records them.
    /// - Throws: ``SLAError``; the ledger is unchanged then.
    public func apply(_ signals: [SLASignal], to ledger: inout SLALedger) throws(SLAError) -> [SLAFiring] {
        var past = SLAPast()
        return try apply(signals, to: &ledger, past: &past)
    }

    /// The same for signals of which one ``SLASignal/asksForPast``, to a ledger that has begun.
    ///
    /// - Parameter past: what the ticket's signals before these say of it; afterwards, with these.
    /// - Throws: ``SLAError``; ledger and past are unchanged then.
    public func apply(_ signals: [SLASignal], to ledger: inout SLALedger, past: inout SLAPast) throws(SLAError) -> [SLAFiring] {
        let before = ledger
        let fold = try fold(signals, from: ledger, past: past, leavesOut: false)
        ledger = fold.ledger
        past = fold.past
        _ = ledger.shorten(where: before.hasEnded)
        return fold.firings
    }

    /// The ledger that follows from all signals of a ticket, with every timer that there was, and every threshold passed on the way.
    public func replay(_ signals: [SLASignal]) throws(SLAError) -> (ledger: SLALedger, firings: [SLAFiring]) {
        // What is over is put aside on the way: looking at all of it with each signal would take time by the square of the history.
        let fold = try fold(signals, from: SLALedger(), past: SLAPast(), leavesOut: true)
        var ledger = fold.ledger
        ledger.timers = fold.leftOut + ledger.timers
        return (ledger, fold.firings)
    }

    /// What a merge after these signals, all that the ticket has, must know of them.
    ///
    /// - Throws: ``SLAError``.
    public func past(of signals: [SLASignal]) throws(SLAError) -> SLAPast {
        try fold(signals, from: SLALedger(), past: SLAPast(), leavesOut: true).past
    }

    private func fold(_ signals: [SLASignal], from ledger: SLALedger, past: SLAPast, leavesOut: Bool) throws(SLAError) -> SLAFold {
        var fold = SLAFold(context: context, ledger: ledger, past: past, leavesOut: leavesOut)
        try fold.follow(signals)
        return fold
    }

    /// Microseconds that count up to a time.
    public func consumed(_ timer: SLATimer, at now: Timestamp) throws(SLAError) -> Int64 {
        guard let start = timer.runningSince, start < now, let promise = timer.promise else { return timer.consumed }
        let clock = try clock(promise.measure)
        do {
            return timer.consumed + (try clock.elapsed(from: start, to: now))
        } catch {
            throw .calendar(error)
        }
    }

    /// The clocks by which a timer counts; nil where nothing was promised.
    ///
    /// - Throws: ``SLAError`` where its present calendar is not known.
    func clocks(of timer: SLATimer) throws(SLAError) -> SLATimerClocks? {
        guard let promise = timer.promise else { return nil }
        var clocks = SLATimerClocks(present: try clock(promise.measure))
        for segment in timer.segments {
            guard let measure = segment.frozen, clocks.former[measure] == nil else { continue }
            clocks.former[measure] = try? clock(measure)
        }
        return clocks
    }

    func clock(_ measure: SLAMeasure) throws(SLAError) -> SLAClock {
        guard let reference = measure.calendar else { return SLAClock(calendar: nil) }
        guard let calendar = context.calendars[reference] else { throw .unknownCalendar(reference) }
        return SLAClock(calendar: calendar)
    }
}
