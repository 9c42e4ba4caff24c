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
    /// Rows that differ and that their events do not decide.
    public private(set) var undecided = 0
    private var counts: [Fault: Int] = [:]
    private var details: [String] = []

    public init() {}

    public mutating func add(_ fault: Fault, ticket: Int64, tenant: String) {
        counts[fault, default: 0] += 1
        guard details.count < DoctorFinding.maximumDetails else { return }
        details.append("\(tenant): #\(ticket) \(fault.rawValue)")
    }

    /// Adds a ticket whose row is not the fold over its events, with the reason.
    public mutating func add(_ fault: TicketRowFault, ticket: Int64, tenant: String) {
        counts[.row, default: 0] += 1
        if !fault.isRepairable { undecided += 1 }
        guard details.count < DoctorFinding.maximumDetails else { return }
        details.append("\(tenant): #\(ticket) row: \(fault.rawValue)")
    }

    public func count(_ fault: Fault) -> Int { counts[fault] ?? 0 }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .problem,
            if: count(.row) - undecided,
            { "The rows of \($0) tickets say something else than their events." },
            "Run `docket doctor --repair`; find out who wrote to these tables beside Docket. The events are the truth."
        )
        judgement.complain(
            .problem,
            if: undecided,
            { "The rows of \($0) tickets differ, and their events do not decide what they must be." },
            "The details say why; compare these tickets with a backup."
        )
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
