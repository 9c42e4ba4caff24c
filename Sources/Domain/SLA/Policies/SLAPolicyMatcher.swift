/// Chooses the policy of a ticket: the first by (position, id) whose conditions match (sla.md, Timers, "Policy").
public struct SLAPolicyMatcher: Sendable {
    /// In the order in which they are tried.
    let policies: [SLAPolicy]

    /// - Parameter policies: the newest version of each, in any order.
    public init(_ policies: [SLAPolicy]) {
        self.policies = policies.sorted { ($0.position, $0.reference.id) < ($1.position, $1.reference.id) }
    }

    /// The policy for a ticket with these fields; nil when none matches.
    public func policy(for fields: [String: FieldValue]) -> SLAPolicy? {
        policies.first { $0.definition.conditions.isMet(by: fields) }
    }

    /// Which of its policy's cancel conditions a ticket meets first, from 0; it is covered no longer then (sla.md). nil where it meets none.
    public static func cancelCondition(of policy: SLAPolicy, metBy fields: [String: FieldValue]) -> Int? {
        policy.definition.cancelConditions.firstIndex { $0.isMet(by: fields) }
    }
}
