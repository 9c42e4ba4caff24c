/// The roles of the cluster whose names begin with `docket_`, and who belongs to whom.
public struct RoleFacts: Hashable, Sendable {
    public struct Role: Hashable, Sendable {
        public var name: String
        public var canLogIn: Bool
        public var isSuperuser: Bool
        public var bypassesRowSecurity: Bool
        /// May create roles or databases, or replicate.
        public var administers: Bool
        public var inherits: Bool
        /// Its sessions plan without sequential scans and without compilation (decision 17).
        public var plansByIndex: Bool

        public init(name: String, canLogIn: Bool, isSuperuser: Bool, bypassesRowSecurity: Bool, administers: Bool, inherits: Bool, plansByIndex: Bool)
        {
            self.name = name
            self.canLogIn = canLogIn
            self.isSuperuser = isSuperuser
            self.bypassesRowSecurity = bypassesRowSecurity
            self.administers = administers
            self.inherits = inherits
            self.plansByIndex = plansByIndex
        }
    }

    public struct Membership: Hashable, Sendable {
        public let member: String
        public let role: String

        public init(_ member: String, of role: String) {
            self.member = member
            self.role = role
        }
    }

    public var roles: [Role]
    public var memberships: [Membership]

    /// One for each executable; row level security binds them.
    static let processes = ["docket_api", "docket_dispatcher", "docket_scheduler", "docket_courier"]
    /// Nobody logs in as these.
    static let owners = ["docket_owner", "docket_claim", "docket_search", "docket_metrics"]
    private static let operators = ["docket_migrate", "docket_backup"]
    private static let required =
        [Membership("docket_migrate", of: "docket_owner")]
        + ["docket_claim", "docket_search", "docket_metrics"].map { Membership("docket_owner", of: $0) }
    private static let advice = "Run sql/roles.sql as a superuser, and take away by ALTER ROLE or REVOKE what it does not give."

    public init(roles: [Role], memberships: [Membership]) {
        self.roles = roles
        self.memberships = memberships
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        for name in Self.processes + Self.owners + Self.operators where !roles.contains(where: { $0.name == name }) {
            judgement.complain(.problem, "The role \(name) does not exist.", Self.advice)
        }
        for role in roles {
            judge(role, &judgement)
        }
        for missing in Self.required where !memberships.contains(missing) {
            judgement.complain(.problem, "\(missing.member) is not a member of \(missing.role).", Self.advice)
        }
        for membership in memberships {
            judge(membership, &judgement)
        }
        return judgement.finding(
            .roles,
            fine: "The fixed roles exist and have no more power than they need.",
            numbers: [DoctorNumber("roles", roles.count), DoctorNumber("memberships", memberships.count)]
        )
    }

    private func judge(_ role: Role, _ judgement: inout DoctorJudgement) {
        func complain(_ what: String) { judgement.complain(.problem, "The role \(role.name) \(what).", Self.advice) }
        if role.isSuperuser { complain("is a superuser: it sees every tenant") }
        let isBackup = role.name == "docket_backup"
        if role.bypassesRowSecurity, !isBackup { complain("has BYPASSRLS: it sees every tenant") }
        if isBackup, !role.bypassesRowSecurity {
            judgement.complain(.warning, "The role docket_backup has no BYPASSRLS: pg_dump will be refused.", "ALTER ROLE docket_backup BYPASSRLS.")
        }
        if isBackup, !role.inherits {
            judgement.complain(.warning, "The role docket_backup does not inherit pg_read_all_data: pg_dump will be refused.", Self.advice)
        }
        if Self.processes.contains(role.name) {
            if !role.canLogIn { complain("cannot log in") }
            if role.administers { complain("may create roles or databases, or replicate") }
            if role.inherits { complain("inherits the rights of roles that it belongs to") }
            if !role.plansByIndex {
                judgement.complain(
                    .warning,
                    "The role \(role.name) may plan sequential scans, which grow slow with a table until it is analysed.",
                    Self.advice
                )
            }
        } else if Self.owners.contains(role.name), role.canLogIn {
            complain("can log in, and owns what row security protects")
        }
    }

    private func judge(_ membership: Membership, _ judgement: inout DoctorJudgement) {
        guard !Self.required.contains(membership) else { return }
        let (member, role) = (membership.member, membership.role)
        if Self.processes.contains(member) {
            judgement.complain(.problem, "\(member) is a member of \(role).", "REVOKE \(role) FROM \(member).")
        } else if role.hasPrefix("docket_") {
            judgement.complain(.warning, "\(member) is a member of \(role).", "REVOKE \(role) FROM \(member), unless it is meant to be.")
        }
    }
}
