/// The queue in which PostgreSQL keeps notifications until every listening session has read them.
public struct NotificationFacts: Hashable, Sendable {
    /// From 0 to 1; at 1 every commit with a NOTIFY fails.
    public var share: Double

    public init(share: Double) {
        self.share = share
    }

    public func finding(_ limits: DoctorLimits) -> DoctorFinding {
        var judgement = DoctorJudgement()
        if share > limits.notificationShare {
            judgement.complain(
                share > 0.5 ? .problem : .warning,
                "\(Int(share * 100)) % of the queue of notifications is in use: a listening session does not read.",
                "Find the session that listens inside an open transaction, and end it."
            )
        }
        return judgement.finding(
            .notifications,
            fine: "Wake-ups pass: their queue is \(Int(share * 100)) % full.",
            numbers: [DoctorNumber("used_permille", Int(share * 1_000))]
        )
    }
}
