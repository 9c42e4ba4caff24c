/// Whether the change feed is in order: it goes by the transaction numbers of the server that wrote the events (api.md 5).
public struct FeedFacts: Hashable, Sendable {
    /// Tenants with events whose transaction this server has not come to: it is not the one that wrote them.
    public var tenantsAhead: Int

    public init(tenantsAhead: Int) {
        self.tenantsAhead = tenantsAhead
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .problem,
            if: tenantsAhead,
            { "The change feed hides events of \($0) tenants: they bear transaction numbers that this server has not come to." },
            "Set the server's epoch, or use transaction numbers up, as docs/operations.md says of restoring a dump."
        )
        return judgement.finding(
            .changeFeed,
            fine: "The server's transaction numbers are beyond those of all events.",
            numbers: [DoctorNumber("tenants_ahead", tenantsAhead)]
        )
    }
}
