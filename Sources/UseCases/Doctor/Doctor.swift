public import Domain
import Store

/// Examines a deployment's database, and puts right what can be put right safely (`docket doctor`). Runs as the migrating role, which owns the
/// tables. Work on tenants' rows is done for one tenant at a time, in bounded batches, and holds no lock for longer than a batch.
public struct Doctor: Sendable {
    let environment: UseCaseEnvironment
    let options: DoctorOptions
    /// The release of this machine's time zone database; nil where it is not known.
    let timeZoneDatabase: String?

    /// How many rows of one kind are read at a time, and the most findings of one kind for each tenant.
    static let page = 100
    static let findingsPerTenant = 1_000

    public init(environment: UseCaseEnvironment, options: DoctorOptions = DoctorOptions(), timeZoneDatabase: String? = nil) {
        self.timeZoneDatabase = timeZoneDatabase
        self.environment = environment
        self.options = options
    }

    var database: Database { environment.database }

    /// Looks at everything that is not skipped; changes nothing.
    ///
    /// - Parameter schema: what the comparison of the migrations came to, which is made where their files are.
    /// - Throws: ``DoctorError``; ``StoreError`` where the database cannot be reached. A check that fails by itself becomes a finding.
    public func examine(schema: DoctorFinding) async throws -> [DoctorFinding] {
        try await requireAccess()
        var findings: [DoctorFinding] = []
        for check in DoctorCheck.allCases where !options.skipped.contains(check) {
            do {
                findings.append(try await examine(check, schema: schema))
            } catch {
                guard let reason = Self.reason(error) else { throw error }
                findings.append(.unchecked(check, because: reason))
            }
        }
        return findings
    }

    /// - Throws: ``DoctorError``, ``StoreError``.
    func requireAccess() async throws {
        let access = try await database.operatorAccess()
        guard access.hasSchema else { throw DoctorError.noSchema }
        guard access.seesEverything else { throw DoctorError.notOperator }
    }

    /// What failed, in words; nil where nothing else can succeed either.
    static func reason(_ error: any Error) -> String? {
        switch error {
        case is CancellationError, StoreError.unavailable, StoreError.outcomeUnknown: nil
        case let error as StoreError: error.reason
        case UseCaseError.notFound: "there is no configuration"
        case UseCaseError.busy: "the configuration kept changing"
        default: "\(error)"
        }
    }

    private func examine(_ check: DoctorCheck, schema: DoctorFinding) async throws -> DoctorFinding {
        switch check {
        case .server: try await database.serverFacts().finding
        case .settings: try await database.settingFacts().finding
        case .roles: try await database.roleFacts().finding
        case .rowSecurity: try await database.rowSecurityFacts().finding
        case .schema: schema
        case .constraints: try await database.constraintFacts().finding
        case .partitions: try await database.partitionFacts().finding
        case .clock: try await database.clockFacts(localTime: WallClock.now).finding
        case .changeFeed: try await database.feedFacts().finding
        case .timeZones: try await examineTimeZones()
        case .versions: try await examineVersions()
        case .transactions: try await database.transactionFacts(options.limits).finding(options.limits)
        case .notifications: try await database.notificationFacts().finding(options.limits)
        case .agentLoads: try await examineLoads()
        case .routingEntries: try await examineRouting()
        case .onHold: try await examineOnHold()
        case .timers: try await examineTimers()
        case .histories: try await examineHistories()
        case .outbox: try await examineOutbox()
        case .presence: try await examinePresence()
        case .erasedTenants: try await examineErasedTenants()
        }
    }
}
