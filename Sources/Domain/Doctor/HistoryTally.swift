/// Tickets whose events do not rebuild what is stored (design.md I5).
public struct HistoryTally: Hashable, Sendable {
    public enum Fault: String, CaseIterable, Hashable, Sendable {
        /// The row is not the fold over the events, or events are missing.
        case row
        /// The ledger is not the fold over the signals that follow from the events.
        case ledger
        /// A target without exactly one outcome, or one that was not recorded as it is (``SLAOutcomeAudit``).
        case outcome
    }

    public var tickets = 0
    public var events = 0
    private var counts: [Fault: Int] = [:]
    private var details: [String] = []

    public init() {}

    public mutating func add(_ fault: Fault, ticket: Int64, tenant: String) {
        counts[fault, default: 0] += 1
        guard details.count < DoctorFinding.maximumDetails else { return }
        details.append("\(tenant): #\(ticket) \(fault.rawValue)")
    }

    public func count(_ fault: Fault) -> Int { counts[fault] ?? 0 }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        let advice = "Find out who wrote to these tables beside Docket; compare the tickets with a backup. The events are the truth."
        judgement.complain(.problem, if: count(.row), { "The events of \($0) tickets do not rebuild their rows." }, advice)
        judgement.complain(
            .problem,
            if: count(.ledger),
            { "The events of \($0) tickets do not rebuild their ledgers." },
            "Run `docket doctor --repair`; find out who wrote to these tables beside Docket. The events are the truth."
        )
        judgement.complain(
            .problem,
            if: count(.outcome),
            { "The promises of \($0) tickets are not decided exactly once." },
            "Look into the history of these tickets: a threshold is missing in it, stands in it twice, or was recorded before its time."
        )
        return judgement.finding(
            .histories,
            fine: "The events of \(tickets) tickets rebuild their rows and their ledgers.",
            numbers: [DoctorNumber("tickets", tickets), DoctorNumber("events", events)]
                + Fault.allCases.map { DoctorNumber("different_\($0.rawValue)s", count($0)) },
            details: details
        )
    }
}
