/// The settings that durability and isolation stand on, as a session of Docket sees them.
public struct SettingFacts: Hashable, Sendable {
    /// A setting that a database or a role overrides.
    public struct Override: Hashable, Sendable {
        /// nil for the whole database.
        public let role: String?
        public let name: String
        public let value: String

        public init(role: String?, name: String, value: String) {
            self.role = role
            self.name = name
            self.value = value
        }
    }

    public var values: [String: String]
    public var overrides: [Override]

    /// What is read.
    public static let names = [
        "fsync", "full_page_writes", "synchronous_commit", "autovacuum", "data_checksums", "default_transaction_isolation",
        "default_transaction_read_only", "session_replication_role",
    ]

    public init(values: [String: String], overrides: [Override]) {
        self.values = values
        self.overrides = overrides
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judge(&judgement, name: "fsync", wrong: "off", .problem, "a crash of the machine loses or corrupts what was acknowledged")
        judge(&judgement, name: "full_page_writes", wrong: "off", .problem, "a crash in the middle of a write corrupts pages")
        judge(&judgement, name: "synchronous_commit", wrong: "off", .problem, "a crash loses tickets that were acknowledged")
        judge(&judgement, name: "autovacuum", wrong: "off", .problem, "the hot tables grow without end")
        judge(&judgement, name: "default_transaction_read_only", wrong: "on", .problem, "nothing can be written")
        judge(&judgement, name: "session_replication_role", wrong: "replica", .problem, "foreign keys are not checked")
        judge(&judgement, name: "data_checksums", wrong: "off", .warning, "damage on the disk stays unseen")
        if let isolation = values["default_transaction_isolation"], isolation != "read committed" {
            judgement.complain(
                .warning,
                "default_transaction_isolation is \(isolation): statements that re-read under a lock are refused instead.",
                "Set default_transaction_isolation to read committed."
            )
        }
        for override in overrides {
            judge(override, &judgement)
        }
        return judgement.finding(
            .settings,
            fine: "Commits are durable and the policies are in force.",
            numbers: [DoctorNumber("settings", values.count), DoctorNumber("overrides", overrides.count)],
            details: overrides.map { "\($0.role ?? "database"): \($0.name) = \($0.value)" }
        )
    }

    private func judge(_ judgement: inout DoctorJudgement, name: String, wrong: String, _ status: DoctorStatus, _ reason: String) {
        guard values[name] == wrong else { return }
        let advice =
            name == "data_checksums" ? "Turn data checksums on with pg_checksums while the server is stopped." : "Set \(name) to its default."
        judgement.complain(status, "\(name) is \(wrong): \(reason).", advice)
    }

    private func judge(_ override: Override, _ judgement: inout DoctorJudgement) {
        let isWrong =
            switch override.name.lowercased() {
            case "synchronous_commit", "row_security": override.value == "off"
            case "session_replication_role": override.value == "replica"
            case "default_transaction_read_only": override.value == "on"
            default: false
            }
        guard isWrong, let role = override.role else { return }
        judgement.complain(
            .problem,
            "\(override.name) is \(override.value) for the role \(role).",
            "ALTER ROLE \(role) RESET \(override.name), in this database too."
        )
    }
}
