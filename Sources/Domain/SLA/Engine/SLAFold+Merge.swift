/// Another ticket is merged into this one (sla.md, Merge).
extension SLAFold {
    /// "The target's next_response starts at min(own, source's oldest unanswered)" (sla.md). A ticket that no customer has written to is asked by the source's;
    /// one whose own customer still waits for the first response goes on waiting for that.
    ///
    /// A clock that begins in the past counts what it would have counted had it begun then: not while the ticket was solved, nor in states that the policy of the time
    /// paused it in.
    ///
    /// - Parameter honoursPauses: false in histories from before that was so.
    mutating func absorb(_ oldest: Timestamp?, honoursPauses: Bool, at time: Timestamp) throws(SLAError) {
        guard let oldest, oldest <= time, CalendarYears.range.contains(oldest), ledger.facts.category.isUnsolved else { return }
        guard ledger.facts.firstCustomerMessageAt != nil else {
            ledger.facts.firstCustomerMessageAt = oldest
            start(.firstResponse, since: oldest, honoursPauses: honoursPauses, at: time)
            return
        }
        guard ledger.facts.firstResponseAt != nil else {
            ledger.facts.unansweredSince = min(oldest, ledger.facts.unansweredSince ?? oldest)
            return
        }
        let isUnanswered = ledger.facts.unansweredSince != nil
        ledger.facts.unansweredSince = min(oldest, ledger.facts.unansweredSince ?? oldest)
        guard isUnanswered, let index = live(.nextResponse) else {
            start(.nextResponse, since: oldest, honoursPauses: honoursPauses, at: time)
            return
        }
        let began = ledger.timers[index].startedAt
        guard oldest < began else { return }
        guard honoursPauses else {
            try change(index) { timer, clock throws(CalendarError) in try timer.moveStart(to: oldest, clock: clock) }
            return
        }
        let earlier = past.running(.nextResponse, from: oldest, to: began)
        try change(index) { timer, clock throws(CalendarError) in try timer.moveStart(to: oldest, counting: earlier, clock: clock) }
    }

    private mutating func start(_ metric: SLAMetric, since begin: Timestamp, honoursPauses: Bool, at time: Timestamp) {
        start(metric, at: begin)
        guard honoursPauses else { return }
        let spans = past.running(metric, from: begin, to: time)
        ledger.timers[ledger.timers.count - 1].begin(spans, upTo: time)
    }
}

extension SLATimer {
    /// Takes the spans before now of a clock that begins in the past; they are measured with its first promise.
    fileprivate mutating func begin(_ spans: [OpenInterval], upTo time: Timestamp) {
        var spans = spans
        // What reaches up to now goes on; else the clock stands still until it is told to run.
        runningSince = spans.last?.end == time ? spans.popLast()?.start : nil
        segments = spans.map { SLARunSegment(start: $0.start, end: $0.end, consumed: 0, frozen: nil) }
    }

    /// Lets the timer begin earlier, and count so much of the time until it began. What touches the span that it began with becomes one with it.
    fileprivate mutating func moveStart(to time: Timestamp, counting spans: [OpenInterval], clock: SLAClock?) throws(CalendarError) {
        var spans = spans
        if let last = spans.last, last.end == startedAt {
            if segments.isEmpty, runningSince == startedAt {
                runningSince = last.start
                spans.removeLast()
            } else if let first = segments.first, first.start == startedAt, first.frozen == nil {
                segments[0].start = last.start
                segments[0].consumed += try clock?.elapsed(from: last.start, to: last.end) ?? 0
                spans.removeLast()
            }
        }
        var earlier: [SLARunSegment] = []
        for span in spans {
            let consumed = try clock?.elapsed(from: span.start, to: span.end) ?? 0
            earlier.append(SLARunSegment(start: span.start, end: span.end, consumed: consumed, frozen: nil))
        }
        segments.insert(contentsOf: earlier, at: 0)
        startedAt = time
    }

    /// The same as if it had run from then on: so counted earlier versions.
    fileprivate mutating func moveStart(to time: Timestamp, clock: SLAClock?) throws(CalendarError) {
        if segments.isEmpty, runningSince == startedAt {
            runningSince = time
        } else {
            let consumed = try clock?.elapsed(from: time, to: startedAt) ?? 0
            segments.insert(SLARunSegment(start: time, end: startedAt, consumed: consumed, frozen: nil), at: 0)
        }
        startedAt = time
    }
}
