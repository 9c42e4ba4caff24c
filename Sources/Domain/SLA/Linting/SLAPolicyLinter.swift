/// Looks for contradictions in a set of policies: what each says alone, and what they say together (sla.md, Timers; complaint D35). Pure.
public struct SLAPolicyLinter: Sendable {
    /// A policy of the set. Policies are tried by their positions, those of one position in the order in which they are given.
    public struct Entry: Sendable {
        public let position: Int
        public let definition: SLAPolicyDefinition

        public init(position: Int, definition: SLAPolicyDefinition) {
            self.position = position
            self.definition = definition
        }
    }

    /// What policies point at; nil where that is not known, and then not judged.
    public struct References: Sendable {
        public let calendars: [CalendarID: BusinessCalendar]?
        public let chains: [EscalationChainID: EscalationChain]?

        public init(calendars: [CalendarID: BusinessCalendar]? = nil, chains: [EscalationChainID: EscalationChain]? = nil) {
            self.calendars = calendars
            self.chains = chains
        }
    }

    /// The most policies whose order is compared; the comparisons grow with the square.
    public static let maximumCompared = 100

    let references: References
    let lifecycle: Lifecycle
    let reasoning: ConditionReasoning
    let now: Timestamp

    /// - Parameter now: from when on it is asked what a calendar can reach.
    public init(references: References = References(), lifecycle: Lifecycle = .standard, now: Timestamp) {
        self.references = references
        self.lifecycle = lifecycle
        reasoning = ConditionReasoning(lifecycle: lifecycle)
        self.now = now
    }

    /// Everything that was found, policy by policy in the order in which they were given.
    public func lint(_ entries: [Entry]) -> [SLALintFinding] {
        let own = entries.indices.flatMap { lint(entries[$0], policy: $0) }
        return (own + order(entries)).enumerated()
            .sorted { ($0.element.policy, $0.offset) < ($1.element.policy, $1.offset) }.map(\.element)
    }

    private func lint(_ entry: Entry, policy: Int) -> [SLALintFinding] {
        let positions = SLAPolicyContent.positionRange
        var findings: [SLALintFinding] = []
        if !positions.contains(entry.position) {
            let message = "a position is \(positions.lowerBound) to \(positions.upperBound)"
            findings.append(SLALintFinding(.error, .invalid, policy: policy, "/position", message))
        }
        do {
            try entry.definition.validate()
        } catch {
            return findings + [SLALintFinding(.error, .invalid, policy: policy, error.pointer, error.reason)]
        }
        return findings + SLAPolicyLint(linter: self, definition: entry.definition, policy: policy).findings
    }

    /// Policies that can never be reached, and those whose order nobody chose.
    private func order(_ entries: [Entry]) -> [SLALintFinding] {
        let order = entries.indices.sorted { (entries[$0].position, $0) < (entries[$1].position, $1) }.prefix(Self.maximumCompared)
        var findings: [SLALintFinding] = []
        for (place, later) in order.enumerated() {
            let conditions = entries[later].definition.conditions
            if let earlier = order.prefix(place).first(where: { reasoning.implies(conditions, entries[$0].definition.conditions) }) {
                guard !reasoning.excludes([conditions]) else { continue }
                let message = "\"\(entries[earlier].definition.name)\" comes first and takes every ticket that this policy matches"
                findings.append(SLALintFinding(.error, .shadowed, policy: later, other: earlier, "/position", message))
            } else if let same = order.prefix(place).first(where: { entries[$0].position == entries[later].position }),
                !reasoning.excludes([conditions, entries[same].definition.conditions])
            {
                let message = "\"\(entries[same].definition.name)\" has the same position and may match the same tickets: the id decides"
                findings.append(SLALintFinding(.notice, .samePosition, policy: later, other: same, "/position", message))
            }
        }
        return findings
    }
}
