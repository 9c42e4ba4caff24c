/// Statements in English.
struct EnglishSLAWords: SLAWords {
    func title(_ ticket: Int64?) -> String {
        ticket.map { "Ticket #\($0): what was promised, and how it stands" } ?? "What was promised, and how it stands"
    }

    func asOf(_ moment: String, zone: String) -> String { "As of \(moment); all times are those of \(zone)." }
    let nothingPromised = "Nothing is promised for this ticket."

    func metric(_ metric: SLAMetric, instance: Int) -> String {
        let name =
            switch metric {
            case .firstResponse: "First response"
            case .nextResponse: "Answer to your message"
            case .periodicUpdate: "Regular update"
            case .requesterWait: "Your waiting time"
            case .agentWork: "Working time"
            case .resolution: "Resolution"
            case .groupOwnership: "Time with one team"
            case .stage: "Time in one stage"
            case .agentInactivity: "Time without any action"
            }
        return instance > 1 ? "\(name), no. \(instance)" : name
    }

    func policy(_ name: String, version: Int, description: String) -> String {
        "Agreement: \(name), version \(version)" + (description.isEmpty ? "" : " – \(description)")
    }

    func promise(_ target: String, calendar: String?, isBusiness: Bool, version: Int) -> String {
        let kind = isBusiness ? "of opening hours" + (calendar.map { " (\($0))" } ?? "") : "around the clock"
        return "Promise: \(target) \(kind)" + (version > 1 ? "; changed, this is promise no. \(version)" : "")
    }

    func calendar(_ source: SLACalendarChoice.Source) -> String {
        let whose =
            switch source {
            case .policy: "those of the agreement"
            case .organization: "those of your organization"
            case .queue: "those of the team that your ticket is with"
            case .tenant: "our general ones"
            }
        return "Opening hours: \(whose)"
    }

    func started(_ moment: String) -> String { "Started: \(moment)" }

    func used(_ used: String, of target: String, percent: Int64, left: String?, over: String?) -> String {
        let rest = left.map { "; \($0) left" } ?? over.map { "; \($0) too long" } ?? ""
        return "Used: \(used) of \(target) (\(percent) %)\(rest)"
    }

    func due(_ moment: String, missedFrom: String?) -> String {
        "Due: \(moment)" + (missedFrom.map { "; late from \($0) on" } ?? "")
    }

    func status(_ explanation: SLAExplanation, ended: String?, pause: String?) -> String {
        let end = ended.map { " on \($0)" } ?? ""
        let missed = explanation.outcome == .breached ? "missed; " : ""
        let text =
            switch explanation.state {
            case .running: "the clock runs, in time."
            case .paused: missed + "the clock stands still: \(pause ?? otherPause)."
            case .met: "kept\(end)."
            case .breachedRunning: "missed, and still open."
            case .breachedMet: "missed; done\(end)."
            case .cancelled: missed + Self.cancelled(explanation.cancellation) + "."
            }
        return "Status: " + text
    }

    private static func cancelled(_ reason: SLATimer.Cancellation?) -> String {
        switch reason {
        case .merged: "no longer counted: the ticket was merged into another one"
        case .condition: "no longer counted: the agreement does not cover the ticket in this case"
        case .closed: "no longer counted: the ticket was closed"
        case .noPolicy, nil: "no longer counted: no agreement applies"
        }
    }

    func ifResumed(due: String) -> String { "If the clock ran on from now, it would be due: \(due)" }
    let counted = "Time that was counted:"
    func sum(_ amount: String) -> String { "Sum: \(amount)" }
    func more(windows: Int) -> String { "… and \(windows) more between them" }
    func more(windowsAtLeast: Int) -> String { "… and at least \(windowsAtLeast) more after them" }
    let notCounted = "Time that was not counted, because the clock stood still:"
    func more(pauses: Int) -> String { "… and \(pauses) more" }
    let stillStands = "until now"
    let specialDays = "Holidays and special hours in between:"

    func specialDay(_ day: CalendarSpecialDay) -> String {
        let dates = day.first == day.last ? self.day(day.first) : "\(self.day(day.first)) – \(self.day(day.last))"
        let hours = day.parts.map(\.text).joined(separator: ", ")
        let what =
            switch (day.kind, hours.isEmpty) {
            case (.closed, true): "closed"
            case (.closed, false): "closed \(hours)"
            case (.hours, _): "open \(hours)"
            }
        return dates + (day.name.map { " – \($0)" } ?? "") + ": \(what)"
    }

    func more(days: Int) -> String { "… and \(days) more" }
    func more(daysAtLeast: Int) -> String { "… and at least \(daysAtLeast) more" }
    let unpublished = "The holidays of the year of the deadline are not published yet: the deadline may still move."
    func earlier(_ count: Int) -> String { count == 1 ? "One earlier promise is not shown." : "\(count) earlier promises are not shown." }
    func state(_ state: Lifecycle.State) -> String { state.english.lowercased() }
    let otherPause = "the agreement does not count this time"

    func moment(_ time: WallTime) -> String { "\(day(time.date)) \(time.clock)" }
    func day(_ date: CivilDate) -> String { "\(Self.weekday(date)) \(date)" }

    private static func weekday(_ date: CivilDate) -> String {
        Weekday(daysSince1970: date.daysSince1970).rawValue.capitalizedASCII
    }

    func duration(seconds: Int64) -> String {
        let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")].filter { $0.0 > 0 }
        return parts.isEmpty ? "0 min" : parts.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}

extension String {
    /// `mon` → `Mon`.
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}
