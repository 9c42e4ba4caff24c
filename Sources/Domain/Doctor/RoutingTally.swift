/// Differences between waiting tickets and the entries that dispatchers read.
public struct RoutingTally: Hashable, Sendable {
    public enum Fault: String, CaseIterable, Hashable, Sendable {
        /// Waits, and no dispatcher knows.
        case missing
        /// An entry whose ticket does not wait.
        case orphaned
        /// An entry that says something else than its ticket: an assignment would be refused for ever.
        case stale
        /// Says that it waits, but has no queue, or has an agent already.
        case stranded
    }

    private var counts: [Fault: Int] = [:]
    private var details: [String] = []

    public init() {}

    public mutating func add(_ fault: Fault, ticket: TicketID, number: Int64?, tenant: String) {
        counts[fault, default: 0] += 1
        guard details.count < DoctorFinding.maximumDetails else { return }
        details.append("\(tenant): \(number.map { "#\($0)" } ?? ticket.description) \(fault.rawValue)")
    }

    public func count(_ fault: Fault) -> Int { counts[fault] ?? 0 }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        let repair = "Run `docket doctor --repair`."
        judgement.complain(.problem, if: count(.missing), { "\($0) waiting tickets are in no queue." }, repair)
        judgement.complain(.problem, if: count(.stale), { "\($0) entries say something else than their tickets." }, repair)
        judgement.complain(.warning, if: count(.orphaned), { "\($0) entries belong to tickets that do not wait." }, repair)
        judgement.complain(
            .problem,
            if: count(.stranded),
            { "\($0) tickets wait for assignment without a queue, or with an agent." },
            "Give them a queue, or move them to another state, through the API."
        )
        return judgement.finding(
            .routingEntries,
            fine: "Every waiting ticket has its entry, and every entry its waiting ticket.",
            numbers: Fault.allCases.map { DoctorNumber($0.rawValue, count($0)) },
            details: details
        )
    }
}
