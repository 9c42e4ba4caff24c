import Domain

/// Draws what `docket sla eval` answers as a picture: opening hours, the ticket's states, and of each timer what was counted, where it stood still, and
/// when it warned, was due and was missed. Made from the engine's own answer, so that it cannot show anything else.
struct SLATimeline {
    /// The most timers that are drawn.
    static let maximumTimers = 8
    private static let row = 34.0
    private static let bar = 18.0
    private static let top = 64.0

    let situation: SLAEvaluationSituation
    let title: String

    func svg() -> String {
        var writer = SVGWriter()
        let scale = self.scale
        let timers = Array(SLAStatement.ordered(situation.reply.timers, by: \.self).prefix(Self.maximumTimers))
        let rows = 2 + timers.count
        let bottom = Self.top + Double(rows) * Self.row
        axis(scale, bottom: bottom, &writer)
        openingHours(scale, y: Self.top, &writer)
        states(scale, y: Self.top + Self.row, &writer)
        for (index, timer) in timers.enumerated() {
            draw(timer, scale, y: Self.top + Double(index + 2) * Self.row, &writer)
        }
        let now = scale.x(situation.request.now)
        writer.line(now, Self.top - 8, now, bottom, "now")
        writer.text(now + 3, bottom + 12, "now 此刻", "small")
        SLATimelineLegend.draw(y: bottom + 36, &writer)
        return document(writer.lines, height: bottom + 58)
    }

    private var scale: TimelineScale {
        let timers = situation.reply.timers
        let ends = timers.flatMap { [$0.startedAt, $0.endedAt, $0.dueAt, $0.breachAt, $0.ifResumedNow?.dueAt].compactMap { $0 } }
        return TimelineScale(ends + situation.request.events.map(\.at) + [situation.request.now], zone: situation.zone)
    }

    private func axis(_ scale: TimelineScale, bottom: Double, _ writer: inout SVGWriter) {
        writer.text(12, 24, title, "title")
        for tick in scale.ticks {
            writer.line(scale.x(tick.at), Self.top - 8, scale.x(tick.at), bottom, "grid")
            writer.text(scale.x(tick.at) + 2, Self.top - 14, tick.label, "small")
        }
    }

    private func openingHours(_ scale: TimelineScale, y: Double, _ writer: inout SVGWriter) {
        writer.text(12, y + 13, "Opening hours 工作时间", "label")
        guard let calendar = situation.calendar else {
            writer.rectangle(TimelineScale.left, y, TimelineScale.width, Self.bar, "open")
            return
        }
        for window in (try? calendar.openIntervals(from: scale.start, to: scale.end, limit: 1_000)) ?? [] {
            writer.rectangle(
                scale.x(window.start),
                y,
                scale.x(window.end) - scale.x(window.start),
                Self.bar,
                "open",
                tip: tip(window.start, window.end)
            )
        }
    }

    private func states(_ scale: TimelineScale, y: Double, _ writer: inout SVGWriter) {
        writer.text(12, y + 13, "Ticket 工单", "label")
        guard let first = situation.request.events.map(\.at).min() else { return }
        let states = situation.states
        var entries: [(at: Timestamp, english: String, chinese: String)] = [(first, "New", "新建")]
        for entry in states { entries.append((entry.at, entry.state.english, entry.state.chinese)) }
        for (index, entry) in entries.enumerated() {
            let end = index + 1 < entries.count ? entries[index + 1].at : situation.request.now
            guard entry.at < end else { continue }
            let (from, to) = (scale.x(entry.at), scale.x(end))
            writer.rectangle(from, y, to - from, Self.bar, "state", tip: "\(entry.english) \(entry.chinese), \(tip(entry.at, end))")
            let label = "\(entry.english) \(entry.chinese)"
            // Six pixels a Latin letter, eleven a Chinese one.
            let length = entry.english.count * 6 + entry.chinese.count * 11 + 10
            if to - from >= Double(length) { writer.text(from + 4, y + 13, label, "small") }
        }
    }

    private func draw(_ timer: SLAExplanation, _ scale: TimelineScale, y: Double, _ writer: inout SVGWriter) {
        writer.text(12, y + 13, SLATimelineLegend.name(timer.metric) + (timer.instance > 1 ? " \(timer.instance)" : ""), "label")
        let end = timer.endedAt ?? situation.request.now
        writer.line(scale.x(timer.startedAt), y + Self.bar / 2, scale.x(end), y + Self.bar / 2, "track")
        for pause in timer.pauses {
            let until = pause.end ?? end
            writer.rectangle(
                scale.x(pause.start),
                y,
                scale.x(until) - scale.x(pause.start),
                Self.bar,
                "pause",
                tip: "paused 暂停, \(tip(pause.start, until))"
            )
        }
        for window in timer.windows {
            let until = window.end ?? end
            writer.rectangle(
                scale.x(window.start),
                y,
                scale.x(until) - scale.x(window.start),
                Self.bar,
                "counted",
                tip: "counted 计入, \(tip(window.start, until))"
            )
        }
        let fired = situation.reply.events.filter { $0.metric == timer.metric && $0.instance == timer.instance }
        let warnings = timer.warnAt + fired.filter { $0.threshold != .breach }.map(\.scheduledFor)
        for time in warnings { SLATimelineLegend.warning(scale.x(time), y, Self.bar, &writer) }
        if let due = timer.dueAt ?? timer.ifResumedNow?.dueAt {
            SLATimelineLegend.due(scale.x(due), y, Self.bar, isOpen: timer.dueAt == nil, &writer)
        }
        let breaches = fired.filter { $0.threshold == .breach }.map(\.scheduledFor)
        for time in breaches { SLATimelineLegend.breach(scale.x(time), y, Self.bar, isPassed: true, &writer) }
        if breaches.isEmpty, timer.endedAt == nil, let breach = timer.breachAt {
            SLATimelineLegend.breach(scale.x(breach), y, Self.bar, isPassed: false, &writer)
        }
        if let ended = timer.endedAt, timer.cancellation == nil { SLATimelineLegend.done(scale.x(ended), y, Self.bar, &writer) }
    }

    private func tip(_ start: Timestamp, _ end: Timestamp) -> String {
        let (from, to) = (WallTime(start, in: situation.zone), WallTime(end, in: situation.zone))
        let last = from.date == to.date ? to.clock : "\(to.date) \(to.clock)"
        return "\(TimelineScale.weekday(from.weekday)) \(from.date) \(from.clock) – \(last)"
    }

    private func document(_ lines: [String], height: Double) -> String {
        let width = SVGWriter.number(TimelineScale.left + TimelineScale.width + 50)
        let size = "width=\"\(width)\" height=\"\(SVGWriter.number(height))\" viewBox=\"0 0 \(width) \(SVGWriter.number(height))\""
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) role=\"img\" aria-label=\"\(SVGWriter.escaped(title))\">"
        return ([head, SLATimelineLegend.style, "<rect width=\"100%\" height=\"100%\" class=\"page\"/>"] + lines + ["</svg>", ""]).joined(
            separator: "\n"
        )
    }
}
