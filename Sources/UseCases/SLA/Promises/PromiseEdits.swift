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
        let hasPolicy = facts.policy.map { policies[$0.id]?.version == $0.version } ?? true
        let hasCalendar = facts.calendar.map { calendars[$0.id]?.version == $0.version } ?? true
        return !hasPolicy || !hasCalendar
    }

    /// When the edit was made by which a ticket that nobody changed is promised something else: the publication of the policy that applies now, or of the one that does no
    /// longer; for an edited calendar alone the time from which its first unheard version holds. nil where neither was edited.
    func time(of next: PromiseConfiguration.Applicable?, after facts: SLAFacts) -> Timestamp? {
        if next?.policy != facts.policy {
            return [next?.policy, facts.policy].compactMap { $0.flatMap { policies[$0.id]?.publishedAt } }.max()
        }
        guard let known = facts.calendar, next?.calendar?.id == known.id else { return nil }
        return calendars[known.id]?.versions.filter { $0.number > known.version }.compactMap(\.effectiveFrom).min()
    }
}
