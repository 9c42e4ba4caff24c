/// The answer of `docket route simulate` (contract.md).
public struct RouteSimulationReport: Hashable, Sendable, Codable {
    public struct Outcome: Hashable, Sendable, Codable {
        /// Seconds from arrival until the agent begins with it, over all tickets of all seeds.
        public let waitMeanSeconds: Double
        /// The mean over the seeds of each one's 95th percentile.
        public let waitP95Seconds: Double
        public let waitMaxSeconds: Double
        /// Jain's index of the agents' occupancy: 1 where all are equally busy (mean over the seeds).
        public let jain: Double
        /// The share of tickets whose agent held every skill asked for, optional ones too.
        public let skillMatch: Double

        private enum CodingKeys: String, CodingKey {
            case jain
            case waitMeanSeconds = "wait_mean_s"
            case waitP95Seconds = "wait_p95_s"
            case waitMaxSeconds = "wait_max_s"
            case skillMatch = "skill_match"
        }
    }

    public let load: Double
    /// By the name of the rule.
    public let rules: [String: Outcome]
}
