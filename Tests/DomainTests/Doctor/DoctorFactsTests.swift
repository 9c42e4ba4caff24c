import Domain
import Testing

/// The judgements of the doctor that no test can bring about on a shared server: its version, its settings, its roles, its queues.
@Suite struct DoctorFactsTests {
    private static let server = ServerFacts(version: 150_019, isInRecovery: false, encoding: "UTF8", maximumConnections: 100, connections: 10)
    private static let settings = SettingFacts(
        values: [
            "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "autovacuum": "on", "data_checksums": "on",
            "default_transaction_isolation": "read committed", "default_transaction_read_only": "off", "session_replication_role": "origin",
        ],
        overrides: []
    )

    private static func role(_ name: String, logsIn: Bool = true, bypasses: Bool = false, inherits: Bool = false) -> RoleFacts.Role {
        RoleFacts.Role(
            name: name,
            canLogIn: logsIn,
            isSuperuser: false,
            bypassesRowSecurity: bypasses,
            administers: false,
            inherits: inherits,
            plansByIndex: true
        )
    }

    private static let roles = RoleFacts(
        roles: [
            role("docket_api"), role("docket_dispatcher"), role("docket_scheduler"), role("docket_courier"), role("docket_migrate", inherits: true),
            role("docket_backup", bypasses: true, inherits: true), role("docket_owner", logsIn: false), role("docket_claim", logsIn: false),
            role("docket_search", logsIn: false), role("docket_metrics", logsIn: false),
        ],
        memberships: [
            RoleFacts.Membership("docket_migrate", of: "docket_owner"), RoleFacts.Membership("docket_owner", of: "docket_claim"),
            RoleFacts.Membership("docket_owner", of: "docket_search"), RoleFacts.Membership("docket_owner", of: "docket_metrics"),
            RoleFacts.Membership("docket_owner", of: "pg_read_all_stats"), RoleFacts.Membership("docket_backup", of: "pg_read_all_data"),
        ]
    )

    @Test("What is as it should be is ok, and asks for nothing")
    func fine() {
        let transactions = TransactionFacts(isVisible: true, long: 0, idle: 0, prepared: 0, oldestSeconds: 3)
        let findings = [
            Self.server.finding, Self.settings.finding, Self.roles.finding, SchemaFacts(applied: 8, pending: []).finding,
            transactions.finding(DoctorLimits()), NotificationFacts(share: 0.02).finding(DoctorLimits()),
            ClockFacts(offset: 3, hasTestClock: false, timeZone: "UTC", skew: 20_000).finding, FeedFacts(tenantsAhead: 0).finding,
        ]
        for finding in findings {
            #expect(finding.status == .ok, "\(finding.message)")
            #expect(finding.advice.isEmpty)
            #expect(!finding.message.isEmpty)
        }
    }

    @Test("A server that is too old, has known faults, takes no writes, has another encoding, or is full")
    func server() {
        func judge(_ change: (inout ServerFacts) -> Void) -> DoctorStatus {
            var facts = Self.server
            change(&facts)
            return facts.finding.status
        }
        #expect(judge { $0.version = 140_020 } == .problem)
        #expect(judge { $0.version = 150_018 } == .warning)
        #expect(judge { $0.version = 180_006 } == .ok)
        #expect(judge { $0.isInRecovery = true } == .problem)
        #expect(judge { $0.encoding = "LATIN1" } == .problem)
        #expect(judge { $0.connections = 91 } == .warning)
    }

    @Test(
        "A setting that loses data, or lets anything through",
        arguments: [
            ("fsync", "off", DoctorStatus.problem), ("full_page_writes", "off", .problem), ("synchronous_commit", "off", .problem),
            ("autovacuum", "off", .problem), ("default_transaction_read_only", "on", .problem), ("session_replication_role", "replica", .problem),
            ("data_checksums", "off", .warning), ("default_transaction_isolation", "serializable", .warning),
        ]
    )
    func settings(name: String, value: String, status: DoctorStatus) {
        var facts = Self.settings
        facts.values[name] = value
        #expect(facts.finding.status == status)
        #expect(facts.finding.message.contains(name))
        #expect(!facts.finding.advice.isEmpty)
    }

    @Test("Every fixed role must be there")
    func missingRoles() {
        for role in Self.roles.roles {
            var facts = Self.roles
            facts.roles.removeAll { $0 == role }
            #expect(facts.finding.status == .problem, "without \(role.name)")
            #expect(facts.finding.message.contains(role.name))
        }
    }

    @Test("No role of a process has more power than it needs")
    func power() {
        func judge(_ name: String, _ change: (inout RoleFacts.Role) -> Void) -> DoctorStatus {
            var facts = Self.roles
            for index in facts.roles.indices where facts.roles[index].name == name { change(&facts.roles[index]) }
            return facts.finding.status
        }
        for name in ["docket_api", "docket_dispatcher", "docket_scheduler", "docket_courier"] {
            #expect(judge(name) { $0.isSuperuser = true } == .problem)
            #expect(judge(name) { $0.bypassesRowSecurity = true } == .problem)
            #expect(judge(name) { $0.administers = true } == .problem)
            #expect(judge(name) { $0.inherits = true } == .problem)
            #expect(judge(name) { $0.canLogIn = false } == .problem)
        }
        #expect(judge("docket_migrate") { $0.isSuperuser = true } == .problem)
        #expect(judge("docket_owner") { $0.canLogIn = true } == .problem)
        #expect(judge("docket_backup") { $0.bypassesRowSecurity = false } == .warning)
        #expect(judge("docket_backup") { $0.inherits = false } == .warning)
    }

    @Test("Memberships are those of sql/roles.sql")
    func memberships() {
        var facts = Self.roles
        facts.memberships.append(RoleFacts.Membership("docket_api", of: "pg_read_all_data"))
        #expect(facts.finding.status == .problem)
        facts = Self.roles
        facts.memberships.append(RoleFacts.Membership("anna", of: "docket_owner"))
        #expect(facts.finding.status == .warning)
        for index in 0..<4 {
            facts = Self.roles
            facts.memberships.remove(at: index)
            #expect(facts.finding.status == .problem)
        }
    }

    @Test("A schema with pending files is not this version's, nor is one that contradicts them")
    func schema() {
        #expect(SchemaFacts(applied: 8, pending: ["9 more"]).finding.status == .problem)
        #expect(SchemaFacts(applied: 8, pending: ["9 more"]).finding.details == ["9 more"])
        #expect(SchemaFacts(applied: 0, pending: [], contradiction: "migration 3 was changed").finding.status == .problem)
    }

    @Test("Transactions that hold the others back, and sessions that nobody may look into")
    func transactions() {
        func judge(_ change: (inout TransactionFacts) -> Void) -> DoctorStatus {
            var facts = TransactionFacts(isVisible: true, long: 0, idle: 0, prepared: 0, oldestSeconds: 61)
            change(&facts)
            return facts.finding(DoctorLimits()).status
        }
        #expect(judge { $0.isVisible = false } == .warning)
        #expect(judge { $0.long = 1 } == .warning)
        #expect(
            judge {
                $0.long = 1; $0.oldestSeconds = 601
            } == .problem
        )
        #expect(judge { $0.idle = 1 } == .warning)
        #expect(judge { $0.prepared = 1 } == .problem)
        #expect(judge { $0.foreign = 1 } == .warning)
        #expect(
            judge {
                $0.foreign = 1; $0.oldestSeconds = 601
            } == .problem
        )
    }

    @Test("Transactions of other databases are named with their database")
    func transactionsElsewhere() {
        let facts = TransactionFacts(
            isVisible: true,
            long: 0,
            idle: 0,
            prepared: 1,
            preparedIn: ["ledger"],
            foreign: 2,
            oldestForeign: [
                TransactionFacts.Foreign(database: "reports", process: "client backend", seconds: 75),
                TransactionFacts.Foreign(database: "", process: "background worker", seconds: 70),
            ],
            oldestSeconds: 75
        )
        #expect(
            facts.finding(DoctorLimits()).details == [
                "database ledger: prepared transactions", "database reports: a transaction of a client backend is open for 75 s",
                "the server: a transaction of a background worker is open for 70 s",
            ]
        )
    }

    @Test("The queue of notifications fills", arguments: [(0.1, DoctorStatus.ok), (0.11, .warning), (0.51, .problem)])
    func notifications(share: Double, status: DoctorStatus) {
        #expect(NotificationFacts(share: share).finding(DoctorLimits()).status == status)
    }

    @Test("Clocks that differ by more than a minute, either way", arguments: [-3_600, -61, 61, 3_600])
    func skew(seconds: Int64) {
        let facts = ClockFacts(offset: 0, hasTestClock: false, timeZone: "Etc/UTC", skew: seconds * 1_000_000)
        #expect(facts.finding.status == .warning)
    }

    @Test("Details are bounded")
    func bounded() {
        let finding = ConstraintFacts(faults: (1...50).map { CatalogueFault("object_\($0)", "broken") }).finding
        #expect(finding.details.count == DoctorFinding.maximumDetails)
        #expect(finding.number("faults") == 50)
    }
}
