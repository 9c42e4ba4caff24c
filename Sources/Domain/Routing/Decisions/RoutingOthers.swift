/// What routing saw of the other agents of the queue at the moment when it chose one (routing.md D: every decision is explainable). It is recorded with the
/// assignment or the offer, because presences, loads and shifts of that moment are told by nothing else later.
///
/// How many were eligible, and how many each filter kept away, is always known; which of them were what is told of as many as ``RecordedDecisions`` has
/// bytes for, the best first.
public struct RoutingOthers: Hashable, Sendable {
    /// One of them: either the first failing filter or the rank.
    public struct Verdict: Hashable, Sendable {
        public let agent: AgentID
        public let refusal: String?
        /// In the words of routing.md D, with the load that he would have had.
        public let rank: String?
    }

    /// In what the winner was better than the next.
    public let decidedBy: RoutingCriterion
    /// How many others might have got it.
    public let eligible: Int
    /// How many each filter kept away; lacking skills count together.
    public let refused: [String: Int]
    /// The eligible from the best rank on, then the others in the order of their ids, as far as they were recorded.
    public let named: [Verdict]

    /// How many there were.
    public var count: Int { eligible + refused.values.reduce(0, +) }

    /// What each filter kept away, the most first.
    public var refusedInOrder: [(filter: String, agents: Int)] {
        refused.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// - Parameters:
    ///   - text: as recorded.
    ///   - skillName: gives the name of a skill.
    /// - Returns: nil for a text that nobody recorded.
    public init?(_ text: String, skillName: (SkillID) -> String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        var words = parts.first?.split(separator: " ") ?? []
        guard !words.isEmpty, let criterion = RoutingCriterion(rawValue: String(words.removeFirst())) else { return nil }
        var counts: [String: Int] = [:]
        for word in words {
            let pair = word.split(separator: "=")
            guard pair.count == 2, let count = Int(pair[1]) else { return nil }
            counts[String(pair[0])] = count
        }
        var named: [Verdict] = []
        for part in parts.dropFirst() {
            let pair = part.split(separator: " ", maxSplits: 1)
            guard pair.count == 2, let agent = AgentID(short: pair[0]) else { return nil }
            let isRefused = pair[1].hasPrefix("!")
            let refusal = isRefused ? Self.refusal(pair[1].dropFirst(), skillName) : nil
            named.append(Verdict(agent: agent, refusal: refusal, rank: isRefused ? nil : String(pair[1])))
        }
        decidedBy = criterion
        eligible = counts.removeValue(forKey: "eligible") ?? 0
        refused = counts
        self.named = named
    }

    private static func refusal(_ text: Substring, _ skillName: (SkillID) -> String) -> String {
        guard let skill = text.hasPrefix("skill:") ? SkillID(short: text.dropFirst(6)) : nil else { return String(text) }
        return "skill:\(skillName(skill))"
    }
}
