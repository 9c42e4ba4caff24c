/// How well promises were kept: counts of timers by what they measure and whose they are. Percentages are for display and follow from the counts.
public struct SLAReport: Hashable, Sendable {
    /// By what timers are told apart, beside the metric.
    public enum Dimension: String, CaseIterable, Hashable, Sendable, Codable {
        case priority
        /// For the metric group_ownership the group that had the ticket, for the others the ticket's group.
        case group
        /// The requester.
        case customer
        /// Whose ticket it was when the outcome came; whose it is, while there is none.
        case organization
        case period
    }

    /// The longest time of a report: ten years.
    public static let maximumSpan: Int64 = 3_660 * 86_400_000_000
    public static let maximumRows = 5_000

    public struct Key: Hashable, Sendable {
        public let metric: SLAMetric
        public let priority: Priority?
        public let group: GroupID?
        public let customer: RequesterID?
        public let organization: OrganizationID?
        /// The position in ``SLAReport/periods``; 0 where the report is not divided by time.
        public let period: Int

        public init(
            metric: SLAMetric,
            priority: Priority? = nil,
            group: GroupID? = nil,
            customer: RequesterID? = nil,
            organization: OrganizationID? = nil,
            period: Int = 0
        ) {
            self.metric = metric
            self.priority = priority
            self.group = group
            self.customer = customer
            self.organization = organization
            self.period = period
        }
    }

    public struct Counts: Hashable, Sendable {
        public var met: Int
        public var breached: Int
        public var running: Int
        public var cancelled: Int

        public init(met: Int = 0, breached: Int = 0, running: Int = 0, cancelled: Int = 0) {
            self.met = met
            self.breached = breached
            self.running = running
            self.cancelled = cancelled
        }

        public mutating func add(_ outcome: SLATimerOutcome) {
            switch outcome {
            case .met: met += 1
            case .breached: breached += 1
            case .running: running += 1
            case .cancelled: cancelled += 1
            }
        }

        /// Met of all that were decided, in basis points, rounded down: 10,000 only where nothing was missed. nil where nothing was decided.
        public var attainment: Int? {
            let decided = met + breached
            return decided == 0 ? nil : met * 10_000 / decided
        }
    }

    public struct Row: Hashable, Sendable {
        public let key: Key
        public let counts: Counts

        public init(key: Key, counts: Counts) {
            self.key = key
            self.counts = counts
        }
    }

    public let span: Range<Timestamp>
    public let dimensions: Set<Dimension>
    public let periods: ReportPeriods
    /// The database's time: what ran out before it counts as breached, whether it was recorded already or not.
    public let asOf: Timestamp
    public let rows: [Row]

    public init(span: Range<Timestamp>, dimensions: Set<Dimension>, periods: ReportPeriods, asOf: Timestamp, rows: [Row]) {
        self.span = span
        self.dimensions = dimensions
        self.periods = periods
        self.asOf = asOf
        self.rows = rows
    }
}
