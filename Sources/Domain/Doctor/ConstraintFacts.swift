/// Triggers, constraints and indexes that are there and do not work.
public struct ConstraintFacts: Hashable, Sendable {
    public var faults: [CatalogueFault]

    public init(faults: [CatalogueFault]) {
        self.faults = faults
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .problem,
            if: faults.count,
            { "\($0) triggers, constraints or indexes are not in force." },
            "As the owner, enable the triggers, validate the constraints and rebuild the indexes that are not in force."
        )
        return judgement.finding(
            .constraints,
            fine: "Every trigger, constraint and index is in force.",
            numbers: [DoctorNumber("faults", faults.count)],
            details: faults.map(\.description)
        )
    }
}
