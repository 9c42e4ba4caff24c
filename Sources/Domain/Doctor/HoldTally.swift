/// Tickets on hold that nobody has: no agent, and no queue gives them out (decision 42).
public struct HoldTally: Hashable, Sendable {
    private var left = 0
    private var details: [String] = []

    public init() {}

    public mutating func add(ticket number: Int64, tenant: String) {
        left += 1
        if details.count < DoctorFinding.maximumDetails { details.append("\(tenant): #\(number)") }
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .warning,
            if: left,
            { "\($0) tickets are on hold without an agent: nobody is asked to take them." },
            "Assign them, or move them to in_progress, which puts them into their queues; a reply of the customer does, too."
        )
        return judgement.finding(
            .onHold,
            fine: "Every ticket on hold has an agent.",
            numbers: [DoctorNumber("without_agent", left)],
            details: details
        )
    }
}
