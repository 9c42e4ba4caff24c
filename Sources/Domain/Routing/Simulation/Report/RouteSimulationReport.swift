/// The answer of `docket route simulate` (contract.md). Means are over the seeds; an interval is half the width of the mean's 95 % interval, and absent for
/// one seed.
public struct RouteSimulationReport: Hashable, Sendable, Codable {
    public struct Outcome: Hashable, Sendable, Codable {
        /// Seconds from arrival until the agent begins with it.
        public let waitMeanSeconds: Double
        public let waitMeanInterval: Double?
        /// Of each seed's 95th percentile.
        public let waitP95Seconds: Double
        public let waitP95Interval: Double?
        /// The longest of all seeds.
        public let waitMaxSeconds: Double
        /// Jain's index of the agents' occupancy: 1 where all are equally busy.
        public let jain: Double
        public let jainInterval: Double?
        /// The share of tickets whose agent held every skill asked for, optional ones too.
        public let skillMatch: Double
        public let skillMatchInterval: Double?
        /// The share of tickets begun within their priority's target.
        public let sla: Double
        public let slaInterval: Double?
        /// Tickets of all seeds on which nobody had begun four weeks after the last came in, or for which there was nobody at all. They count as begun too late.
        public let unserved: Int
        /// Of all seeds; nil where nobody was asked.
        public let offers: OfferCounts?
        /// By `P1` to `P4`, of which there were tickets.
        public let priorities: [String: PriorityOutcome]

        private enum CodingKeys: String, CodingKey {
            case jain, sla, unserved, offers, priorities
            case waitMeanSeconds = "wait_mean_s"
            case waitMeanInterval = "wait_mean_s_ci95"
            case waitP95Seconds = "wait_p95_s"
            case waitP95Interval = "wait_p95_s_ci95"
            case waitMaxSeconds = "wait_max_s"
            case jainInterval = "jain_ci95"
            case skillMatch = "skill_match"
            case skillMatchInterval = "skill_match_ci95"
            case slaInterval = "sla_ci95"
        }
    }

    public struct PriorityOutcome: Hashable, Sendable, Codable {
        /// Of all seeds.
        public let tickets: Int
        public let waitMeanSeconds: Double
        public let waitMeanInterval: Double?
        public let waitP95Seconds: Double
        public let waitMaxSeconds: Double
        public let targetSeconds: Int
        public let sla: Double
        public let slaInterval: Double?

        private enum CodingKeys: String, CodingKey {
            case tickets, sla
            case waitMeanSeconds = "wait_mean_s"
            case waitMeanInterval = "wait_mean_s_ci95"
            case waitP95Seconds = "wait_p95_s"
            case waitMaxSeconds = "wait_max_s"
            case targetSeconds = "target_s"
            case slaInterval = "sla_ci95"
        }
    }

    public let load: Double
    public let agents: Int
    public let arrivalsPerHour: Double
    public let handlingMeanSeconds: Double
    public let seeds: Int
    /// Of each seed.
    public let tickets: Int
    /// By the name of the rule.
    public let rules: [String: Outcome]

    private enum CodingKeys: String, CodingKey {
        case load, agents, seeds, tickets, rules
        case arrivalsPerHour = "arrivals_per_hour"
        case handlingMeanSeconds = "handling_mean_s"
    }
}
