import Domain
import Store

/// What a waiting ticket's entry must say of its place, its class and its times, held against what it says.
///
/// The entry of a ticket that does not wait, or that was written since or never, is nobody's here: commands write it, and the doctor finds it.
struct ExpectedEntry {
    let stored: StoredEntry
    let entry: RoutingEntry
    /// The ticket's.
    let number: Int64
    private let rules: RoutingQueueRules
    private let isByDeadline: Bool

    /// - Parameters:
    ///   - dueAt: when the ticket's next promise is due.
    ///   - now: classes and steps are those of this time.
    init?(_ stored: StoredEntry, of ticket: Ticket, dueAt: Timestamp?, at now: Timestamp, configuration: TenantConfiguration) {
        guard ticket.isWaitingForAgent, ticket.content.queueID == stored.queue, ticket.version == stored.version,
            let queue = configuration.queues[stored.queue],
            let entry = RoutingEntry(waiting: ticket, dueAt: dueAt, at: now, configuration: configuration)
        else { return nil }
        self.stored = stored
        self.entry = entry
        number = ticket.number
        rules = queue.rules
        isByDeadline = queue.order.isByDeadline
    }

    /// When its ticket must be looked at, but for the end of a round of offers; nil where time changes nothing.
    func looksAt(now: Timestamp) -> Timestamp? {
        let ticket = entry.ticket
        // It may be kept for its preferred agent until then (routing.md D).
        let isKept = ticket.preferredAgent != nil && rules.stickyWaitSeconds > 0
        let keptUntil = isKept ? ticket.eligibleAt.adding(microseconds: Int64(rules.stickyWaitSeconds) * 1_000_000) : nil
        return [entry.nextStepAt, keptUntil.flatMap { $0 > now ? $0 : nil }].compactMap(\.self).min()
    }

    /// Whether the entry is to be written anew, because of an edit of its queue. One that wakes somebody too early does no harm.
    var isOther: Bool {
        stored.classKey != entry.classKey || stored.classStep != (entry.step ?? 0) || stored.place.rankAt != entry.ticket.rankAt
            || stored.overflowAt != entry.overflowAt || isLate(for: entry.nextStepAt)
    }

    /// Whether the entry says what it cannot say, whatever passes are still to do with it: those that were put off move on later, and a step that has come may be waiting
    /// for a pass.
    ///
    /// - Parameter tolerance: microseconds by which clocks differ.
    func isWrong(at now: Timestamp, tolerance: Int64) -> Bool {
        let (before, after) = (now.adding(microseconds: -tolerance), now.adding(microseconds: tolerance))
        let eligibleAt = entry.ticket.eligibleAt
        guard stored.place.rankAt == entry.ticket.rankAt, stored.classKey &- Int64(stored.classStep) == entry.classKey &- Int64(entry.step ?? 0)
        else { return true }
        guard isByDeadline else { return stored.classStep != 0 || isLate(for: rules.schedule.nextStepAt(eligibleAt: eligibleAt, now: after)) }
        if stored.classStep > rules.classStep(eligibleAt: eligibleAt, now: after) { return true }
        let isDue = stored.nextStepAt.map { $0 <= after } ?? false
        if !isDue, stored.classStep < rules.classStep(eligibleAt: eligibleAt, now: before) { return true }
        return isLate(for: rules.nextClassChange(eligibleAt: eligibleAt, now: after))
    }

    private func isLate(for time: Timestamp?) -> Bool {
        guard let time else { return false }
        return stored.nextStepAt.map { $0 > time } ?? true
    }
}
