/// How far ahead the history tables have room.
public struct PartitionFacts: Hashable, Sendable {
    public struct Table: Hashable, Sendable {
        public var name: String
        /// Months without a gap that have a partition, from the present one on.
        public var months: Int
        /// Whether the default partition, which catches what has no room, holds anything.
        public var hasStrays: Bool

        public init(name: String, months: Int, hasStrays: Bool) {
            self.name = name
            self.months = months
            self.hasStrays = hasStrays
        }
    }

    public var tables: [Table]

    public init(tables: [Table]) {
        self.tables = tables
    }

    /// Whether the partitions of the months to come should be made now.
    public var needsMore: Bool { tables.contains { $0.months < Self.wanted } }

    /// The present month and the next.
    private static let wanted = 2

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        for table in tables {
            if table.months == 0 {
                judgement.complain(.problem, "\(table.name) has no partition for this month.", "Start a scheduler, or run `docket doctor --repair`.")
            } else if table.months < Self.wanted {
                judgement.complain(
                    .warning,
                    "\(table.name) has no partition for the next month.",
                    "Start a scheduler, or run `docket doctor --repair`."
                )
            }
            if table.hasStrays {
                judgement.complain(
                    .warning,
                    "The default partition of \(table.name) holds rows: their months cannot get partitions of their own.",
                    "Move the rows out of the default partition while the processes are stopped."
                )
            }
        }
        return judgement.finding(
            .partitions,
            fine: "The history has room for \(tables.map(\.months).min() ?? 0) months, the present one included.",
            numbers: tables.map { DoctorNumber("\($0.name)_months", $0.months) }
        )
    }
}
