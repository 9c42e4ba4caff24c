/// Agents whose stored load is not the sum over their tickets (design.md I3).
public struct LoadTally: Hashable, Sendable {
    public private(set) var agents = 0
    public private(set) var tooHigh = 0
    public private(set) var tooLow = 0
    /// Agents whose load is right as a whole, but not on the channels, or who are asked to take another number of tickets than is kept.
    public private(set) var wrongInPart = 0
    /// Assignees that no agent's row belongs to.
    public private(set) var unknown = 0
    private var details: [String] = []

    public init() {}

    /// - Parameters:
    ///   - stored: nil where tickets name an agent who does not exist.
    ///   - actual: the sum of the weights of the agent's open tickets.
    public mutating func add(agent: AgentID, stored: Int?, actual: Int, tenant: String) {
        agents += 1
        if let stored {
            if stored > actual { tooHigh += 1 } else if stored < actual { tooLow += 1 } else { wrongInPart += 1 }
        } else {
            unknown += 1
        }
        guard details.count < DoctorFinding.maximumDetails else { return }
        details.append(
            stored == actual
                ? "\(tenant): agent \(agent) has load \(actual), but not on each channel, or other open offers than are kept"
                : "\(tenant): agent \(agent) has load \(stored.map(String.init) ?? "of nobody") instead of \(actual)"
        )
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(.problem, if: tooHigh, { "\($0) agents get less work than they have room for." }, "Run `docket doctor --repair`.")
        judgement.complain(.problem, if: tooLow, { "\($0) agents may be given more work than they have room for." }, "Run `docket doctor --repair`.")
        judgement.complain(
            .problem,
            if: wrongInPart,
            { "\($0) agents' loads on channels, or open offers, are not what is kept." },
            "Run `docket doctor --repair`."
        )
        judgement.complain(.problem, if: unknown, { "\($0) assignees of tickets do not exist." }, "Assign their tickets to somebody else.")
        return judgement.finding(
            .agentLoads,
            fine: "Every agent's load is the sum of his open tickets.",
            numbers: [
                DoctorNumber("too_high", tooHigh), DoctorNumber("too_low", tooLow), DoctorNumber("wrong_in_part", wrongInPart),
                DoctorNumber("unknown_assignees", unknown),
            ],
            details: details
        )
    }
}
