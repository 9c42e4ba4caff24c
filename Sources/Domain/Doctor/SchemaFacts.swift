/// The applied migrations against the files of this version.
public struct SchemaFacts: Hashable, Sendable {
    public var applied: Int
    /// The files that wait to be applied, in order.
    public var pending: [String]
    /// Why files and database contradict each other: a changed file, a newer database.
    public var contradiction: String?

    public init(applied: Int, pending: [String], contradiction: String? = nil) {
        self.applied = applied
        self.pending = pending
        self.contradiction = contradiction
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        if let contradiction {
            judgement.complain(
                .problem,
                "The schema is not this version's: \(contradiction).",
                "Run the version of Docket that migrated this database."
            )
        }
        judgement.complain(.problem, if: pending.count, { "\($0) migrations are pending." }, "Run `docket migrate up`.")
        return judgement.finding(
            .schema,
            fine: "All \(applied) migrations are applied, with the checksums of this version.",
            numbers: [DoctorNumber("applied", applied), DoctorNumber("pending", pending.count)],
            details: pending
        )
    }
}
