/// Chooses the policy of a ticket: the first by (position, id) whose conditions match (sla.md, Timers, "Policy").
public struct SLAPolicyMatcher: Sendable {
    /// In the order in which they are tried.
    let policies: [SLAPolicy]

    /// - Parameter policies: the newest version of each, in any order.
    public init(_ policies: [SLAPolicy]) {
        self.policies = policies.sorted { ($0.position, $0.reference.id) < ($1.position, $1.reference.id) }
    }

    /// Whether any policy looks at a field, to choose a ticket or to cancel its clocks.
    public func looksAt(_ field: String) -> Bool {
        policies.contains { policy in
            ([policy.definition.conditions] + policy.definition.cancelConditions).contains { $0.fieldNames.contains(field) }
        }
    }

    /// The policy for a ticket with these fields; nil when none matches.
    public func policy(for fields: [String: FieldValue]) -> SLAPolicy? {
        var texts = FoldedTexts()
        return policies.first { $0.definition.conditions.isMet(by: fields, &texts) }
    }

    /// Which of its policy's cancel conditions a ticket meets first, from 0; it is covered no longer then (sla.md). nil where it meets none.
    public static func cancelCondition(of policy: SLAPolicy, metBy fields: [String: FieldValue]) -> Int? {
        var texts = FoldedTexts()
        return policy.definition.cancelConditions.firstIndex { $0.isMet(by: fields, &texts) }
    }
}
