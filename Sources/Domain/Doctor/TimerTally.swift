/// Differences between ledgers and the rows that schedulers read, and what is overdue.
public struct TimerTally: Hashable, Sendable {
    public enum Fault: String, CaseIterable, Hashable, Sendable {
        /// A clock without its row, or with a row that says something else.
        case different
        /// A row without its clock.
        case surplus
        /// A ledger that cannot be understood.
        case unreadable
        /// A target without exactly one outcome, or one that the table of firings does not know as it is (``SLAOutcomeAudit``).
        case undecided
    }

    public var ledgers = 0
    public var overdue = 0
    private var counts: [Fault: Int] = [:]
    private var details: [String] = []

    public init() {}

    public mutating func add(_ fault: Fault, ticket: TicketID, tenant: String) {
        counts[fault, default: 0] += 1
        guard details.count < DoctorFinding.maximumDetails else { return }
        details.append("\(tenant): ticket \(ticket) \(fault.rawValue)")
    }

    public func count(_ fault: Fault) -> Int { counts[fault] ?? 0 }

    public func finding(_ limits: DoctorLimits) -> DoctorFinding {
        var judgement = DoctorJudgement()
        let repair = "Run `docket doctor --repair`."
        judgement.complain(.problem, if: count(.different), { "The timers of \($0) tickets say something else than their ledgers." }, repair)
        judgement.complain(.problem, if: count(.surplus), { "\($0) tickets have timers that their ledgers do not know." }, repair)
        judgement.complain(
            .problem,
            if: count(.unreadable),
            { "The ledgers of \($0) tickets cannot be read." },
            "Run `docket doctor --repair`, which makes them again from the histories."
        )
        judgement.complain(
            .problem,
            if: count(.undecided),
            { "The promises of \($0) tickets are not decided exactly once in the table of firings." },
            "Run `docket doctor --repair`, which records there what the events tell; compare what stays with the histories of these tickets."
        )
        judgement.complain(
            .problem,
            if: overdue,
            { "\($0) timers and escalation levels are overdue for more than \(Int(limits.overdueSeconds)) s." },
            "Start a scheduler, or look into its log."
        )
        return judgement.finding(
            .timers,
            fine: "The timers of \(ledgers) tickets are those of their ledgers, and none is overdue.",
            numbers: [DoctorNumber("ledgers", ledgers), DoctorNumber("overdue", overdue)]
                + Fault.allCases.map { DoctorNumber($0.rawValue, count($0)) },
            details: details
        )
    }
}
