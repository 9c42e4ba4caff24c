/// The clock that decides (design.md I9), and those beside it.
public struct ClockFacts: Hashable, Sendable {
    /// `docket.now()` minus the server's clock, in microseconds.
    public var offset: Int64
    public var hasTestClock: Bool
    /// The zone of sessions.
    public var timeZone: String
    /// The server's clock minus that of the machine where the doctor runs, in microseconds.
    public var skew: Int64

    public init(offset: Int64, hasTestClock: Bool, timeZone: String, skew: Int64) {
        self.offset = offset
        self.hasTestClock = hasTestClock
        self.timeZone = timeZone
        self.skew = skew
    }

    private static let second: Int64 = 1_000_000
    private static let largestSkew: Int64 = 60 * second
    private static let universalZones: Set<String> = [
        "UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal", "UCT", "Etc/UCT",
    ]

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        if hasTestClock {
            judgement.complain(
                .warning,
                "A test clock is installed, \(offset / Self.second) s ahead: somebody can move time.",
                "Never serve customers from this database."
            )
        } else if abs(offset) > Self.second {
            judgement.complain(
                .problem,
                "docket.now() is \(offset / Self.second) s off the server's clock.",
                "Restore docket.now() as sql/migrations/0001_foundations.sql makes it."
            )
        }
        if !Self.universalZones.contains(timeZone) {
            judgement.complain(
                .warning,
                "Sessions use the zone \(timeZone): the history's months begin at its midnight, and a change of zone makes them overlap.",
                "ALTER DATABASE … SET timezone TO 'UTC', before partitions are made."
            )
        }
        if abs(skew) > Self.largestSkew {
            judgement.complain(
                .warning,
                "The database's clock is \(skew / Self.second) s away from this machine's. No decision depends on that; logs and new ids do.",
                "Synchronise both clocks."
            )
        }
        return judgement.finding(
            .clock,
            fine: "The database's clock decides, and is \(skew / 1_000) ms away from this machine's.",
            numbers: [DoctorNumber("offset_us", offset), DoctorNumber("skew_us", skew)]
        )
    }
}
