import Domain
import Store

/// The newest versions of policies and calendars, and since when they are there: what a ticket's clocks that know older ones have missed (decision 0066).
struct PromiseEdits: Sendable {
    private struct Newest {
        let version: Int
        let publishedAt: Timestamp
    }

    /// Also of policies that are not active any more.
    private let policies: [SLAPolicyID: Newest]
    private let calendars: [CalendarID: BusinessCalendar]

    /// None: for what is only proposed nobody has missed anything.
    init() { (policies, calendars) = ([:], [:]) }

    init(policies: [LoadPolicies.Row], calendars: [CalendarID: BusinessCalendar]) {
        self.calendars = calendars
        var newest: [SLAPolicyID: Newest] = [:]
        for row in policies where row.policy.reference.version > newest[row.policy.reference.id]?.version ?? 0 {
            newest[row.policy.reference.id] = Newest(version: row.policy.reference.version, publishedAt: row.publishedAt)
        }
        self.policies = newest
    }

    /// Whether the policy or the calendar by which a ticket's clocks run has been edited since they heard of it last.
    func concern(_ facts: SLAFacts) -> Bool {
        guard !facts.isFinished else { return false }
        let hasPolicy = facts.policy.map { !isEdited($0) } ?? true
        let hasCalendar = facts.calendar.map { (calendars[$0.id]?.version ?? $0.version) == $0.version } ?? true
        return !hasPolicy || !hasCalendar
    }

    private func isEdited(_ known: SLAPolicyReference) -> Bool {
        policies[known.id].map { $0.version != known.version } ?? false
    }

    /// When the edit was made by which a ticket that nobody changed is promised something else, where its own policy was edited: the publication of the policy that applies now,
    /// or of the one that does no longer, whichever is later; for an edited calendar alone the time from which its first unheard version holds. nil where neither was edited: another
    /// policy that goes before it, a queue or an organization is the reason, and nobody knows since when.
    func time(of next: PromiseConfiguration.Applicable?, after facts: SLAFacts) -> Timestamp? {
        if next?.policy != facts.policy {
            guard let known = facts.policy, isEdited(known) else { return nil }
            return [next?.policy, known].compactMap { $0.flatMap { policies[$0.id]?.publishedAt } }.max()
        }
        guard let known = facts.calendar, next?.calendar?.id == known.id else { return nil }
        return calendars[known.id]?.versions.filter { $0.number > known.version }.compactMap(\.effectiveFrom).min()
    }
}
