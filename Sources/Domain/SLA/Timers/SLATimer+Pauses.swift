extension SLATimer {
    /// The spans between its start and its end in which it did not run; the last has no end where it stands still now.
    public var pauses: [SLAExplanation.Span] {
        var pauses: [SLAExplanation.Span] = []
        var reached = startedAt
        for segment in segments {
            if reached < segment.start { pauses.append(SLAExplanation.Span(start: reached, end: segment.start)) }
            reached = segment.end
        }
        if let since = runningSince {
            if reached < since { pauses.append(SLAExplanation.Span(start: reached, end: since)) }
        } else if endedAt.map({ reached < $0 }) ?? true {
            pauses.append(SLAExplanation.Span(start: reached, end: endedAt))
        }
        return pauses
    }
}
