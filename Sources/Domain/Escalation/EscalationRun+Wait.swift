extension EscalationRun {
    /// What the next step waits for: so much open time, from when on.
    struct Wait: Hashable, Sendable, Codable {
        let since: Timestamp
        /// Microseconds of open time.
        let amount: Int64
        /// When that is over, as far as it was known.
        let until: Timestamp
    }

    /// Counts the open time that the next step waits for again: the calendar may have been edited since, which moves what is to come (sla.md, Calendars). What is
    /// overdue stays so, and where the calendar has not so much open time any more the step keeps its time: a ticket must stay changeable.
    public mutating func recount(at time: Timestamp, calendar: BusinessCalendar?) {
        guard state == .running, hold == nil, let calendar, scheduledFor > time, isBusinessWait else { return }
        guard let counted = wait, counted.until == scheduledFor else {
            // Something put the step off meanwhile: what is left of the wait is counted from here on.
            wait = (try? calendar.elapsed(from: time, to: scheduledFor)).map { Wait(since: time, amount: $0, until: scheduledFor) }
            return
        }
        guard let moved = try? calendar.add(counted.amount, to: counted.since) else { return }
        let end = max(moved, time)
        guard end != scheduledFor else { return }
        scheduledFor = end
        wait = Wait(since: counted.since, amount: counted.amount, until: end)
    }

    /// The wait in progress is that of the level before; the first level has none.
    private var isBusinessWait: Bool {
        guard round > 0 || level > 0 else { return false }
        return chain.levels[level == 0 ? chain.levels.count - 1 : level - 1].mode == .business
    }
}
