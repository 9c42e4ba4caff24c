/// What is open on the server beside the doctor. The change feed waits for whatever writes, in whichever database of the cluster.
public struct TransactionFacts: Hashable, Sendable {
    /// A transaction of another database that writes, and is open for long.
    public struct Foreign: Hashable, Sendable {
        /// Empty for a process of the server's own.
        public var database: String
        /// What kind of process, in the server's words.
        public var process: String
        public var seconds: Int

        public init(database: String, process: String, seconds: Int) {
            self.database = database
            self.process = process
            self.seconds = seconds
        }
    }

    /// Whether the role may see what others' sessions do.
    public var isVisible: Bool
    public var long: Int
    public var idle: Int
    /// Prepared for two-phase commit, in any database: Docket never does that.
    public var prepared: Int
    /// The databases of these, each once.
    public var preparedIn: [String]
    /// How many transactions of other databases write, and are open for long.
    public var foreign: Int
    /// The oldest of these.
    public var oldestForeign: [Foreign]
    /// The age of the oldest transaction that the feed or the database's own vacuum waits for.
    public var oldestSeconds: Int

    public init(
        isVisible: Bool,
        long: Int,
        idle: Int,
        prepared: Int,
        preparedIn: [String] = [],
        foreign: Int = 0,
        oldestForeign: [Foreign] = [],
        oldestSeconds: Int
    ) {
        self.isVisible = isVisible
        self.long = long
        self.idle = idle
        self.prepared = prepared
        self.preparedIn = preparedIn
        self.foreign = foreign
        self.oldestForeign = oldestForeign
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
            isVeryOld ? .problem : .warning,
            if: foreign,
            {
                "\($0) transactions of other databases of the server write for more than \(Int(limits.transactionSeconds)) s: the change feed waits for them, too."
            },
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
                DoctorNumber("other_databases", foreign), DoctorNumber("oldest_seconds", oldestSeconds),
            ],
            details: details
        )
    }

    private var details: [String] {
        let open = oldestForeign.map { one in
            "\(one.database.isEmpty ? "the server" : "database \(one.database)"): a transaction of a \(one.process) is open for \(one.seconds) s"
        }
        return Array((preparedIn.map { "database \($0): prepared transactions" } + open).prefix(DoctorFinding.maximumDetails))
    }
}
