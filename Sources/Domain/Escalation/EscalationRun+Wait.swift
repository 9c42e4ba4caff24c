extension EscalationRun {
    /// What the next step waits for: so much open time, from when on, and plain time behind it.
    struct Wait: Hashable, Sendable, Codable {
        let since: Timestamp
        /// Microseconds of open time.
        let amount: Int64
        /// Microseconds of plain time that follow: of levels behind an empty one that counts open time. nil is none.
        let plain: Int64?
        /// When all of it is over, as far as it was known.
        let until: Timestamp

        init(since: Timestamp, amount: Int64, plain: Int64? = nil, until: Timestamp) {
            (self.since, self.amount, self.plain, self.until) = (since, amount, plain, until)
        }

        /// When the open time is over.
        var isOpenUntil: Timestamp { until.adding(microseconds: -(plain ?? 0)) }
    }

    /// Counts the open time that the next step waits for again: the calendar may have been edited since, which moves what is to come (sla.md, Calendars). What is
    /// overdue stays so, and where the calendar has not so much open time any more the step keeps its time: a ticket must stay changeable.
    public mutating func recount(at time: Timestamp, calendar: BusinessCalendar?) {
        guard !countsToStart else {
            recountStart(at: time, calendar: calendar)
            return
        }
        guard state == .running, hold == nil, let calendar, scheduledFor > time, isBusinessWait else { return }
        guard let counted = wait, counted.until == scheduledFor else {
            // Something put the step off meanwhile: what is left of the wait is counted from here on.
            let amount = (try? calendar.elapsed(from: time, to: scheduledFor)) ?? 0
            wait = amount > 0 ? Wait(since: time, amount: amount, until: scheduledFor) : nil
            return
        }
        guard counted.isOpenUntil > time, let moved = try? calendar.add(counted.amount, to: counted.since) else { return }
        let end = max(moved, time).adding(microseconds: counted.plain ?? 0)
        guard end != scheduledFor else { return }
        scheduledFor = end
        wait = Wait(since: counted.since, amount: counted.amount, plain: counted.plain, until: end)
    }

    /// The first level waits for open time, too: t0 is when that is over, as far as it is known now.
    public mutating func countStart(_ amount: Int64, since time: Timestamp) {
        wait = Wait(since: time, amount: amount, until: startedAt)
    }

    /// Whether it has not begun yet, and counts open time until it does.
    public var countsToStart: Bool { state == .running && (round, level) == (0, 0) && scheduledFor == startedAt && wait?.until == startedAt }

    /// Without a calendar, where its queue keeps no hours any more, plain time counts.
    private mutating func recountStart(at time: Timestamp, calendar: BusinessCalendar?) {
        guard startedAt > time, let counted = wait, let moved = try? SLAClock(calendar: calendar).add(counted.amount, to: counted.since) else {
            return
        }
        startedAt = max(moved, time)
        scheduledFor = startedAt
        wait = Wait(since: counted.since, amount: counted.amount, until: startedAt)
    }

    /// Counts what is left of the wait in progress at a time, up to the plain time at its end. A wait that its calendar cannot tell counts plain time all along.
    func waitClock(_ calendar: BusinessCalendar?, at time: Timestamp) -> SLAClock {
        let clock = SLAClock(calendar: isBusinessWait && !isPlain(at: time) ? calendar : nil)
        guard let wait, wait.until == scheduledFor else { return clock.counting(1, from: time) }
        return clock.counting(wait.amount, from: wait.since)
    }

    /// The plain time at the end of the wait in progress, while its open time is not over.
    func plainAhead(at time: Timestamp) -> Int64 {
        guard let wait, wait.until == scheduledFor, let plain = wait.plain, !isPlain(at: time) else { return 0 }
        return plain
    }

    /// Whether only the plain time at the end of the wait is left.
    func isPlain(at time: Timestamp) -> Bool {
        guard let wait, wait.until == scheduledFor, wait.plain != nil else { return false }
        return wait.isOpenUntil <= time
    }

    /// Whose timeout the run waits for, but for the first level.
    var levelBefore: EscalationLevel { chain.levels[level == 0 ? chain.levels.count - 1 : level - 1] }

    /// The wait in progress is that of the level before, and with it that of empty ones before that; the first level has none. It counts open time where one of them does.
    private var isBusinessWait: Bool {
        guard round > 0 || level > 0 else { return false }
        return levelBefore.mode == .business || wait?.until == scheduledFor
    }
}
