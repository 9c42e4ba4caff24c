/// What a customer is told about the promises of a ticket: one page of plain text (issue "SLA complete", Explain). Pure; times are shown in one zone.
///
/// Bounded: at most ``maximumItems`` promises, of each the first and last windows, pauses and special days, and names cut to ``maximumName`` characters.
public struct SLAStatement: Sendable {
    public static let maximumItems = 6
    public static let maximumName = 200
    /// The most windows, pauses or special days of a promise; of more windows the first and the last halves are shown.
    static let maximumLines = 12

    /// Why a timer stood still.
    public struct Pause: Hashable, Sendable {
        public let span: SLAExplanation.Span
        /// The ticket's state at its beginning; nil where it is not known.
        public let state: Lifecycle.State?

        public init(span: SLAExplanation.Span, state: Lifecycle.State?) {
            self.span = span
            self.state = state
        }
    }

    /// One promise, with the names of what its explanation refers to.
    public struct Item: Sendable {
        public let explanation: SLAExplanation
        public let policyName: String
        /// What service is promised; may be empty.
        public let description: String
        public let calendarName: String?
        /// As many as the explanation has, in the same order.
        public let pauses: [Pause]

        public init(explanation: SLAExplanation, policyName: String, description: String, calendarName: String?, pauses: [Pause]) {
            self.explanation = explanation
            self.policyName = policyName
            self.description = description
            self.calendarName = calendarName
            self.pauses = pauses
        }
    }

    /// The number that people see; nil where there is no ticket, only an example.
    public let ticket: Int64?
    public let now: Timestamp
    public let zone: TimeZoneRules
    public let zoneName: String
    /// In the order in which they are shown.
    public let items: [Item]
    /// Promises that are left out because there are too many.
    public let omitted: Int

    /// - Parameters:
    ///   - items: in the order in which they were started; of more than ``maximumItems`` those are shown that ``chosen(from:limit:isLive:)`` tells.
    ///   - earlier: how many were started before them.
    public init(ticket: Int64?, now: Timestamp, zone: TimeZoneRules, zoneName: String, items: [Item], earlier: Int = 0) {
        self.ticket = ticket
        self.now = now
        self.zone = zone
        self.zoneName = zoneName
        self.items = Self.ordered(Self.chosen(from: items, limit: Self.maximumItems) { $0.explanation.state.isLive }, by: \.explanation)
        omitted = earlier + max(0, items.count - Self.maximumItems)
    }

    /// Of more promises than there is room for: those that can still be kept, then the newest of the others. The resolution is started first, and must not leave the
    /// page while it runs.
    ///
    /// - Parameter items: in the order in which they were started; those that are chosen stay in it.
    public static func chosen<Item>(from items: [Item], limit: Int, isLive: (Item) -> Bool) -> [Item] {
        guard items.count > limit else { return items }
        let live = items.indices.filter { isLive(items[$0]) }.suffix(limit)
        let others = items.indices.filter { !isLive(items[$0]) }.suffix(limit - live.count)
        return (live + others).sorted().map { items[$0] }
    }

    /// In the order in which people ask: the answers first, the resolution last.
    public static func ordered<Item>(_ items: [Item], by explanation: (Item) -> SLAExplanation) -> [Item] {
        let order = Dictionary(uniqueKeysWithValues: SLAMetric.allCases.enumerated().map { ($1, $0) })
        return items.enumerated().sorted { left, right in
            let (first, second) = (explanation(left.element), explanation(right.element))
            return (order[first.metric] ?? 0, first.instance, left.offset) < (order[second.metric] ?? 0, second.instance, right.offset)
        }.map(\.element)
    }

    /// Whether a customer is told about this metric; the others are matters of the desk.
    public static func isForCustomers(_ metric: SLAMetric) -> Bool {
        switch metric {
        case .firstResponse, .nextResponse, .periodicUpdate, .requesterWait, .resolution: true
        case .agentWork, .groupOwnership, .stage, .agentInactivity: false
        }
    }

    /// The page; lines end with a line feed.
    public func text(in language: SLALanguage) -> String {
        let words = language.words
        var lines = [words.title(ticket), words.asOf(words.moment(WallTime(now, in: zone)), zone: zoneName)]
        if items.isEmpty { lines += ["", words.nothingPromised] }
        for item in items {
            lines += ["", words.metric(item.explanation.metric, instance: item.explanation.instance)]
            lines += SLAStatementSection(item: item, now: now, zone: zone, words: words).lines
        }
        if omitted > 0 { lines += ["", words.earlier(omitted)] }
        return lines.joined(separator: "\n") + "\n"
    }
}
