/// What is open on the database beside the doctor.
public struct TransactionFacts: Hashable, Sendable {
    /// Whether the role may see what others' sessions do.
    public var isVisible: Bool
    public var long: Int
    public var idle: Int
    /// Prepared for two-phase commit: Docket never does that.
    public var prepared: Int
    public var oldestSeconds: Int

    public init(isVisible: Bool, long: Int, idle: Int, prepared: Int, oldestSeconds: Int) {
        self.isVisible = isVisible
        self.long = long
        self.idle = idle
        self.prepared = prepared
        self.oldestSeconds = oldestSeconds
    }

    public func finding(_ limits: DoctorLimits) -> DoctorFinding {
        var judgement = DoctorJudgement()
        if !isVisible {
            judgement.complain(
                .warning,
                "This role may not see others' transactions.",
                "Run sql/roles.sql again as a superuser: it grants pg_read_all_stats."
            )
        }
        let isVeryOld = Double(oldestSeconds) > limits.transactionSeconds * 10
        judgement.complain(
            isVeryOld ? .problem : .warning,
            if: long,
            { "\($0) transactions are open for more than \(Int(limits.transactionSeconds)) s: the change feed and vacuum wait for them." },
            "Look at pg_stat_activity ordered by xact_start, and end them with pg_terminate_backend."
        )
        judgement.complain(
            .warning,
            if: idle,
            { "\($0) sessions sit idle in a transaction." },
            "End them with pg_terminate_backend; they hold their locks."
        )
        judgement.complain(
            .problem,
            if: prepared,
            { "\($0) transactions are prepared and not finished: the change feed stands still." },
            "COMMIT PREPARED or ROLLBACK PREPARED what pg_prepared_xacts lists."
        )
        return judgement.finding(
            .transactions,
            fine: "Nothing holds the others back.",
            numbers: [
                DoctorNumber("long", long), DoctorNumber("idle_in_transaction", idle), DoctorNumber("prepared", prepared),
                DoctorNumber("oldest_seconds", oldestSeconds),
            ]
        )
    }
}
