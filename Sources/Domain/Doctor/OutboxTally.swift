/// What the outside still has to hear.
public struct OutboxTally: Hashable, Sendable {
    public var waiting = 0
    public var overdue = 0
    /// Overdue after a claim that left no record: whoever held the lease is gone, and nobody has taken it over.
    public var abandoned = 0
    /// Planned for later than any schedule plans: nobody would send them.
    public var unreachable = 0
    public var dead = 0
    /// Notices whose reader's quiet hours are over, and that no scheduler has taken up.
    public var notices = 0

    public init() {}

    public init(waiting: Int, overdue: Int, abandoned: Int, unreachable: Int, dead: Int, notices: Int) {
        self.waiting = waiting
        self.overdue = overdue
        self.abandoned = abandoned
        self.unreachable = unreachable
        self.dead = dead
        self.notices = notices
    }

    public mutating func add(_ other: OutboxTally) {
        waiting += other.waiting
        overdue += other.overdue
        abandoned += other.abandoned
        unreachable += other.unreachable
        dead += other.dead
        notices += other.notices
    }

    public func finding(_ limits: DoctorLimits) -> DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .warning,
            if: overdue - abandoned,
            { "\($0) deliveries are overdue for more than \(Int(limits.overdueSeconds)) s." },
            "Start a courier, or look for a receiver that answers slowly."
        )
        judgement.complain(
            .problem,
            if: abandoned,
            { "\($0) deliveries were claimed, never finished, and not taken up again." },
            "Start a courier."
        )
        judgement.complain(
            .problem,
            if: unreachable,
            { "\($0) deliveries are held until a time that no schedule plans." },
            "Run `docket doctor --repair`."
        )
        judgement.complain(
            .warning,
            if: dead,
            { "\($0) deliveries are dead." },
            "`GET /v1/dead-deliveries` tells why; the receivers never heard of these events."
        )
        judgement.complain(
            .warning,
            if: notices,
            { "\($0) notices wait though the quiet hours of their readers ended more than \(Int(limits.overdueSeconds)) s ago." },
            "Start a scheduler, or read its log."
        )
        return judgement.finding(
            .outbox,
            fine: "Nothing is late: \(waiting) deliveries wait for their time.",
            numbers: [
                DoctorNumber("waiting", waiting), DoctorNumber("overdue", overdue), DoctorNumber("abandoned", abandoned),
                DoctorNumber("unreachable", unreachable), DoctorNumber("dead", dead), DoctorNumber("notices", notices),
            ]
        )
    }
}
