extension SLAEngine {
    /// Most windows that an explanation lists.
    public static let maximumWindows = 1_000

    /// Lists what a timer counted up to a time, and by which versions.
    public func explain(_ timer: SLATimer, now: Timestamp) throws(SLAError) -> SLAExplanation {
        let windows = try countedWindows(timer, now: now)
        let calendar = try timer.promise.map { promise throws(SLAError) in try clock(promise.measure).calendar } ?? nil
        let isUnpublished = calendar.map { calendar in timer.dueAt.map { calendar.isUnpublished(at: $0) } ?? false } ?? false
        return SLAExplanation(
            metric: timer.metric,
            instance: timer.instance,
            stage: timer.stage,
            group: timer.group,
            state: timer.state,
            cancellation: timer.cancellation,
            startedAt: timer.startedAt,
            endedAt: timer.endedAt,
            policy: timer.promise?.policy,
            measure: timer.promise?.measure,
            targetVersion: timer.targetVersion,
            target: timer.promise?.target,
            consumed: try consumed(timer, at: now),
            dueAt: timer.dueAt,
            breachAt: timer.breachAt,
            warnAt: timer.warnAt,
            windows: windows.prefix(SLAEngine.maximumWindows).map { SLAExplanation.Span(start: $0.start, end: $0.end) },
            isCut: windows.count > SLAEngine.maximumWindows,
            pauses: SLAEngine.pauses(timer),
            isUnpublishedYear: isUnpublished
        )
    }

    private func countedWindows(_ timer: SLATimer, now: Timestamp) throws(SLAError) -> [OpenInterval] {
        guard let promise = timer.promise else { return [] }
        var windows: [OpenInterval] = []
        let open = timer.runningSince.map { [SLARunSegment(start: $0, end: max($0, now), consumed: 0, frozen: nil)] } ?? []
        for segment in timer.segments + open {
            let left = SLAEngine.maximumWindows + 1 - windows.count
            guard left > 0 else { break }
            let clock = try clock(segment.frozen ?? promise.measure)
            do {
                windows += try clock.windows(from: segment.start, to: segment.end, limit: left)
            } catch {
                throw .calendar(error)
            }
        }
        return windows
    }

    /// The spans between start and end in which the timer did not run.
    private static func pauses(_ timer: SLATimer) -> [SLAExplanation.Span] {
        var pauses: [SLAExplanation.Span] = []
        var reached = timer.startedAt
        for segment in timer.segments {
            if reached < segment.start { pauses.append(SLAExplanation.Span(start: reached, end: segment.start)) }
            reached = segment.end
        }
        if let since = timer.runningSince {
            if reached < since { pauses.append(SLAExplanation.Span(start: reached, end: since)) }
        } else if timer.endedAt.map({ reached < $0 }) ?? true {
            pauses.append(SLAExplanation.Span(start: reached, end: timer.endedAt))
        }
        return pauses
    }
}
