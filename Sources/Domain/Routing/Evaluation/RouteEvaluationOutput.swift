/// The answer to one line of `docket route eval` (contract.md).
public struct RouteEvaluationOutput: Hashable, Sendable, Codable {
    /// Ticket to agent.
    public var assignments: [String: String] = [:]
    /// Ticket to agent to the first failing filter, with the loads that the batch leaves behind.
    public var unassigned: [String: [String: String]] = [:]

    public init() {}
}
