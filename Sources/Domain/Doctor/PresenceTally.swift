/// Agents who say that they are there, by their leases.
public struct PresenceTally: Hashable, Sendable {
    public var present = 0
    /// Leases that ran out long ago, of agents who never said that they left.
    public var forgotten = 0
    /// Leases that reach further than any heartbeat asks for: their agents get work although nobody hears of them.
    public var endless = 0

    public init() {}

    public init(present: Int, forgotten: Int, endless: Int) {
        self.present = present
        self.forgotten = forgotten
        self.endless = endless
    }

    public mutating func add(_ other: PresenceTally) {
        present += other.present
        forgotten += other.forgotten
        endless += other.endless
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        let repair = "Run `docket doctor --repair`; an agent who is there comes back with his next heartbeat."
        judgement.complain(.warning, if: forgotten, { "\($0) agents' leases ran out long ago." }, repair)
        judgement.complain(.problem, if: endless, { "\($0) agents' leases reach further than any heartbeat asks for." }, repair)
        return judgement.finding(
            .presence,
            fine: "\(present) agents are present, none by a lease that ran out long ago.",
            numbers: [DoctorNumber("present", present), DoctorNumber("forgotten", forgotten), DoctorNumber("endless", endless)]
        )
    }
}
