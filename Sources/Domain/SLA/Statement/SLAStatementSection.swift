/// The lines about one promise.
struct SLAStatementSection {
    let item: SLAStatement.Item
    let now: Timestamp
    let zone: TimeZoneRules
    let words: any SLAWords

    private var explanation: SLAExplanation { item.explanation }

    var lines: [String] {
        var lines: [String] = []
        if let policy = explanation.policy {
            lines.append(words.policy(cut(item.policyName), version: policy.version, description: cut(item.description)))
        }
        if let target = explanation.target {
            let isBusiness = explanation.measure?.calendar != nil
            let calendar = item.calendarName.map(cut)
            lines.append(words.promise(duration(target), calendar: calendar, isBusiness: isBusiness, version: explanation.targetVersion))
        }
        if let source = explanation.calendarSource { lines.append(words.calendar(source)) }
        lines.append(words.started(moment(explanation.startedAt)))
        if let target = explanation.target { lines.append(used(of: target)) }
        if let due = explanation.dueAt {
            let breach = explanation.breachAt.flatMap { $0 == due ? nil : moment($0) }
            lines.append(words.due(moment(due), missedFrom: breach))
        }
        let reason = item.pauses.last.map(reason)
        lines.append(words.status(explanation, ended: explanation.endedAt.map(moment), pause: reason))
        if let resumption = explanation.ifResumedNow { lines.append(words.ifResumed(due: moment(resumption.dueAt))) }
        if explanation.isUnpublishedYear { lines.append(words.unpublished) }
        return lines + windows + pauses + specialDays
    }

    private func used(of target: Int64) -> String {
        let consumed = explanation.consumed
        let isCounted = explanation.cancellation == nil
        return words.used(
            duration(consumed),
            of: duration(target),
            percent: SLAStatementSection.percent(consumed, of: target),
            left: isCounted && explanation.endedAt == nil && consumed < target ? duration(target - consumed) : nil,
            over: consumed > target && (isCounted || explanation.outcome == .breached) ? duration(consumed - target) : nil
        )
    }

    /// Rounded down. The whole multiples and the rest apart: a hundred times any time may not fit.
    static func percent(_ consumed: Int64, of target: Int64) -> Int64 {
        guard target > 0 else { return 0 }
        let (hundreds, isOver) = (consumed / target).multipliedReportingOverflow(by: 100)
        return isOver ? .max : hundreds + target.dividingFullWidth((consumed % target).multipliedFullWidth(by: 100)).quotient
    }

    private var windows: [String] {
        let all = explanation.windows
        guard !all.isEmpty else { return [] }
        // Only the first are known of very many: neither which are the last, nor how many there are.
        guard !explanation.isCut else { return cutWindows }
        let half = SLAStatement.maximumLines / 2
        let isLong = all.count > SLAStatement.maximumLines
        var lines = [words.counted] + (isLong ? all.prefix(half) : all[...]).map { "  " + window($0) }
        if isLong {
            lines.append("  " + words.more(windows: all.count - 2 * half))
            lines += all.suffix(half).map { "  " + window($0) }
        }
        return lines + ["  " + words.sum(duration(explanation.consumed))]
    }

    private var cutWindows: [String] {
        let shown = explanation.windows.prefix(SLAStatement.maximumLines)
        return [words.counted] + shown.map { "  " + window($0) }
            + ["  " + words.more(windowsAtLeast: explanation.windows.count + 1 - shown.count), "  " + words.sum(duration(explanation.consumed))]
    }

    private func window(_ span: SLAExplanation.Span) -> String {
        let end = span.end ?? now
        return "\(range(span.start, end))  \(duration(end.microseconds(since: span.start)))"
    }

    private var pauses: [String] {
        guard !item.pauses.isEmpty else { return [] }
        let shown = item.pauses.suffix(SLAStatement.maximumLines)
        var lines = [words.notCounted]
        if shown.count < item.pauses.count { lines.append("  " + words.more(pauses: item.pauses.count - shown.count)) }
        for pause in shown {
            let end = pause.span.end.map { range(pause.span.start, $0) } ?? "\(moment(pause.span.start)) – \(words.stillStands)"
            lines.append("  \(end)  \(reason(pause))")
        }
        return lines
    }

    private func reason(_ pause: SLAStatement.Pause) -> String {
        pause.state.map(words.state) ?? words.otherPause
    }

    private var specialDays: [String] {
        let days = explanation.specialDays
        guard !days.isEmpty else { return [] }
        var lines = [words.specialDays]
        for day in days.prefix(SLAStatement.maximumLines) {
            let name = day.name.map(cut)
            let shown = CalendarSpecialDay(day.kind, from: day.first, to: day.last, parts: Array(day.parts.prefix(4)), name: name)
            lines.append("  " + words.specialDay(shown))
        }
        let left = days.count - SLAStatement.maximumLines
        // An explanation lists no more, however many there are.
        let isCut = days.count >= SLAEngine.maximumSpecialDays
        if left > 0 { lines.append("  " + (isCut ? words.more(daysAtLeast: left) : words.more(days: left))) }
        return lines
    }

    private func moment(_ time: Timestamp) -> String { words.moment(WallTime(time, in: zone)) }

    /// The end without its date where it is that of the start.
    private func range(_ start: Timestamp, _ end: Timestamp) -> String {
        let (from, to) = (WallTime(start, in: zone), WallTime(end, in: zone))
        return "\(words.moment(from)) – \(from.date == to.date ? to.clock : words.moment(to))"
    }

    /// A part of a second that was begun is not shown.
    private func duration(_ microseconds: Int64) -> String { words.duration(seconds: microseconds / 1_000_000) }

    /// One line, of a bounded length.
    private func cut(_ name: String) -> String {
        let line = String(name.map { $0.isNewline ? " " : $0 })
        return line.count <= SLAStatement.maximumName ? line : line.prefix(SLAStatement.maximumName - 1) + "…"
    }
}
