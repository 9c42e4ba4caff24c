extension SLAEngine {
    /// A timer as it was when its promise ended; itself where the promise holds, or where nobody knows when it ended.
    func withdrawn(_ timer: SLATimer) throws(SLAError) -> SLATimer {
        guard timer.isLapsed, let end = timer.lapsedAt, let promise = timer.promise else { return timer }
        var cut = timer
        let open = timer.runningSince.map { [SLARunSegment(start: $0, end: max($0, end), consumed: 0, frozen: nil)] } ?? []
        cut.segments = []
        for segment in timer.segments + open where segment.start < end {
            var kept = segment
            if segment.end >= end {
                kept.end = end
                kept.consumed = try consumed(segment.start, end, by: segment.frozen ?? promise.measure)
            }
            cut.segments.append(kept)
        }
        cut.runningSince = nil
        cut.endedAt = min(end, timer.endedAt ?? end)
        return cut
    }

    private func consumed(_ start: Timestamp, _ end: Timestamp, by measure: SLAMeasure) throws(SLAError) -> Int64 {
        let clock = try clock(measure)
        do {
            return try clock.elapsed(from: start, to: end)
        } catch {
            throw .calendar(error)
        }
    }
}
