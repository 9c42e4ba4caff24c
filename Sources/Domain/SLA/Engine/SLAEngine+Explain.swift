extension SLAEngine {
    /// Most windows that an explanation lists.
    public static let maximumWindows = 1_000
    /// Most holidays and special days that an explanation lists.
    public static let maximumSpecialDays = 100

    /// Lists what a timer counted up to a time, and by which versions. One whose promise has ended counts on for a policy that may come back, but nobody was promised
    /// anything of that time: it is told up to then.
    ///
    /// - Parameter chosen: the ticket's present calendar, and whose it is.
    public func explain(_ timer: SLATimer, chosen: SLAChosenCalendar? = nil, now: Timestamp) throws(SLAError) -> SLAExplanation {
        let timer = try withdrawn(timer)
        let windows = try countedWindows(timer, now: now)
        let calendar = try timer.promise.map { promise throws(SLAError) in try clock(promise.measure).calendar } ?? nil
        let resumption = try ifResumed(timer, at: now)
        let ends = try shownDeadline(of: timer)
        // What is decided does not move any more.
        let deadline = timer.endedAt == nil && !timer.isBreached ? timer.dueAt ?? resumption?.dueAt : nil
        let isUnpublished = calendar.map { calendar in deadline.map { calendar.isUnpublished(at: $0) } ?? false } ?? false
        let horizon = timer.endedAt ?? [now, timer.dueAt, resumption?.dueAt].compactMap { $0 }.max() ?? now
        return SLAExplanation(
            metric: timer.metric,
            instance: timer.instance,
            stage: timer.stage,
            group: timer.group,
            state: timer.state,
            outcome: timer.outcome,
            missedAt: timer.missedAt,
            cancellation: timer.cancellation,
            startedAt: timer.startedAt,
            endedAt: timer.endedAt,
            policy: timer.promise?.policy,
            measure: timer.promise?.measure,
            calendarSource: timer.promise?.measure.calendar.flatMap { $0 == chosen?.calendar ? chosen?.source : nil },
            targetVersion: timer.targetVersion,
            target: timer.promise?.target,
            consumed: try consumed(timer, at: now),
            dueAt: ends.due,
            breachAt: ends.breach,
            warnAt: timer.warnAt,
            windows: windows.prefix(SLAEngine.maximumWindows).map { SLAExplanation.Span(start: $0.start, end: $0.end) },
            isCut: windows.count > SLAEngine.maximumWindows,
            pauses: timer.pauses,
            isUnpublishedYear: isUnpublished,
            ifResumedNow: resumption,
            specialDays: calendar?.specialDays(from: timer.startedAt, to: horizon, limit: SLAEngine.maximumSpecialDays) ?? []
        )
    }

    /// What would be due if a paused timer ran on from now; nil for every other, and where it was missed: its deadline lies behind.
    private func ifResumed(_ timer: SLATimer, at now: Timestamp) throws(SLAError) -> SLAExplanation.Resumption? {
        guard timer.state == .paused, !timer.isBreached, let clocks = try clocks(of: timer) else { return nil }
        var resumed = timer
        resumed.resume(at: max(now, timer.segments.last?.end ?? now))
        resumed.arm(clocks: clocks, now: now)
        guard let due = resumed.dueAt, let breach = resumed.breachAt else { return nil }
        return SLAExplanation.Resumption(dueAt: due, breachAt: breach)
    }

    /// Its deadline. A clock that stands still has none; one that was missed and then stopped while it stood still shows what it had, as every other that is over.
    private func shownDeadline(of timer: SLATimer) throws(SLAError) -> (due: Timestamp?, breach: Timestamp?) {
        guard timer.state == .breachedMet, timer.dueAt == nil, let missed = timer.missedAt, let clocks = try clocks(of: timer) else {
            return (timer.dueAt, timer.breachAt)
        }
        return (timer.instantOfTarget(clocks: clocks) ?? missed, missed)
    }

    private func countedWindows(_ timer: SLATimer, now: Timestamp) throws(SLAError) -> [OpenInterval] {
        guard let promise = timer.promise else { return [] }
        var windows: [OpenInterval] = []
        var former: SLAMeasure?
        let open = timer.runningSince.map { [SLARunSegment(start: $0, end: max($0, now), consumed: 0, frozen: nil)] } ?? []
        for segment in timer.segments + open {
            let left = SLAEngine.maximumWindows + 1 - windows.count
            guard left > 0 else { break }
            let measure = segment.frozen ?? promise.measure
            let clock = try clock(measure)
            var counted: ArraySlice<OpenInterval>
            do {
                counted = try clock.windows(from: segment.start, to: segment.end, limit: left)[...]
            } catch {
                throw .calendar(error)
            }
            // What goes on where it left off, counted the same way, is one window: people ask when it was open, not how the engine keeps it.
            if let last = windows.last, let first = counted.first, last.end == first.start, former?.isContinued(by: measure) == true {
                windows[windows.count - 1] = OpenInterval(start: last.start, end: first.end)
                counted.removeFirst()
            }
            windows += counted
            former = measure
        }
        return windows
    }
}
