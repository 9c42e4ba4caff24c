import Domain
import Store

/// The rules of one kind of thing in a tenant's directory; ``DirectoryWriter`` does what is the same for all.
protocol DirectoryContent: StoredContent {
    /// What it is called in messages: "queue".
    static var noun: String { get }
    /// The most a tenant may have; nil: any number, and such writes do not wait for one another.
    static var maximumCount: Int? { get }
    /// Whether ``TenantConfiguration`` knows of it, so that every write must give the configuration a new version.
    static var isConfiguration: Bool { get }

    /// The content as it is stored: with defaults that depend on the clock and the version before filled in.
    func settled(in situation: DirectorySituation<Self>) -> Self
    /// Everything that is wrong, found without the database.
    func problems(in situation: DirectorySituation<Self>) -> [FieldProblem]
    /// What it points at.
    func addReferences(to check: inout ReferenceCheck)
    /// Whether there is room for one more, or for one more version.
    static func checkRoom(isNew: Bool, tenant: TenantID, transaction: TenantTransaction) async throws
    /// What is wrong between this and the others of its kind.
    func linkProblems(of id: ID<Kind>?, tenant: TenantID, transaction: TenantTransaction) async throws -> [FieldProblem]
    /// Appends the statements that write the change; ``DirectoryChange/addRow(to:)`` writes the row itself.
    static func write(_ change: DirectoryChange<Self>, to statements: inout StatementList)
    /// Appends what must be kept of the tools that the change was made with.
    static func keep(_ change: DirectoryChange<Self>, tools: DirectoryTools, in statements: inout StatementList)
    /// Which waiting tickets the change may let be assigned.
    static func signal(of change: DirectoryChange<Self>) -> RoutingSignal
    /// What of the change concerns the entries of waiting tickets: when they move on to other queues, and their places and steps.
    static func overflow(after change: DirectoryChange<Self>) -> RestartOverflow.Subject?
    /// Why live tickets must be measured anew after the change; nil where nothing else can be promised to them.
    static func reevaluation(of change: DirectoryChange<Self>) -> SLAReevaluation.Cause?
    /// The same where the database must be asked, after its rows were locked and before they are written.
    static func reevaluation(of change: DirectoryChange<Self>, in transaction: TenantTransaction) async throws -> SLAReevaluation.Cause?
    /// Whether the change gives the configuration a new version.
    static func advancesConfiguration(_ change: DirectoryChange<Self>) -> Bool
    /// Further unique constraints of the table, with the fields that they are about.
    static var furtherUnique: [String: String] { get }
}

/// What the rules may look at beside the content.
struct DirectorySituation<Content: DirectoryContent>: Sendable {
    /// nil for something new.
    let before: Versioned<Content>?
    /// Never before the last edit.
    let now: Timestamp
    let tools: DirectoryTools

    /// A thing's next version.
    func change(of before: Versioned<Content>, to content: Content, tenant: TenantID) -> DirectoryChange<Content> {
        let settled = content.settled(in: self)
        let after = Versioned(id: before.id, version: before.version + 1, content: settled, createdAt: before.createdAt, updatedAt: now)
        return DirectoryChange(tenant: tenant, before: before, after: after)
    }
}

/// A change that was decided.
struct DirectoryChange<Content: DirectoryContent>: Sendable {
    let tenant: TenantID
    let before: Versioned<Content>?
    let after: Versioned<Content>

    func addRow(to statements: inout StatementList) {
        if before == nil {
            statements.add(InsertContent(tenant: tenant, record: after))
        } else {
            statements.add(UpdateContent(tenant: tenant, record: after))
        }
    }
}

/// Whose queues are worth a look after a change.
enum RoutingSignal: Hashable, Sendable {
    case none
    case queue(QueueID)
    /// The queues that the agent serves.
    case agent(AgentID)
    /// The queues that open and close by the calendar, and those with tickets at sites, or with agents, that do.
    case calendar(CalendarID)
    /// The queues with tickets at the site.
    case site(SiteID)
    /// All queues in which somebody waits.
    case waiting
}

extension DirectoryContent {
    static var isConfiguration: Bool { true }

    func settled(in situation: DirectorySituation<Self>) -> Self { self }

    func addReferences(to check: inout ReferenceCheck) {}

    func linkProblems(of id: ID<Kind>?, tenant: TenantID, transaction: TenantTransaction) async throws -> [FieldProblem] { [] }

    static func checkRoom(isNew: Bool, tenant: TenantID, transaction: TenantTransaction) async throws {
        try await checkCount(isNew: isNew, tenant: tenant, transaction: transaction)
    }

    static func write(_ change: DirectoryChange<Self>, to statements: inout StatementList) {
        change.addRow(to: &statements)
    }

    static func keep(_ change: DirectoryChange<Self>, tools: DirectoryTools, in statements: inout StatementList) {}

    static func signal(of change: DirectoryChange<Self>) -> RoutingSignal { .none }

    static func overflow(after change: DirectoryChange<Self>) -> RestartOverflow.Subject? { nil }

    static func reevaluation(of change: DirectoryChange<Self>) -> SLAReevaluation.Cause? { nil }

    static func reevaluation(of change: DirectoryChange<Self>, in transaction: TenantTransaction) async throws -> SLAReevaluation.Cause? {
        reevaluation(of: change)
    }

    static func advancesConfiguration(_ change: DirectoryChange<Self>) -> Bool { isConfiguration }

    static var furtherUnique: [String: String] { [:] }

    static func checkCount(isNew: Bool, tenant: TenantID, transaction: TenantTransaction) async throws {
        guard isNew, let maximumCount else { return }
        guard try await transaction.first(of: CountContents<Self>(tenant: tenant, most: maximumCount)) ?? 0 < maximumCount else {
            throw UseCaseError.invalid([FieldProblem("", code: .limitReached, detail: "a tenant has at most \(maximumCount) of the kind \(noun)")])
        }
    }
}

/// Where every version is kept, each edit writes one more.
extension DirectoryContent where Self: StoredHistory {
    /// As many as the reader of the configuration takes, over all things of the kind.
    static var maximumVersions: Int { PromiseVersions.maximum }

    static func checkRoom(isNew: Bool, tenant: TenantID, transaction: TenantTransaction) async throws {
        try await checkCount(isNew: isNew, tenant: tenant, transaction: transaction)
        guard try await transaction.first(of: CountContentVersions<Self>(tenant: tenant, most: maximumVersions)) ?? 0 < maximumVersions else {
            let detail = "a tenant keeps at most \(maximumVersions) versions of the kind \(noun)"
            throw UseCaseError.invalid([FieldProblem("", code: .limitReached, detail: detail)])
        }
        let bytes = try await transaction.first(of: MeasureContentVersions<Self>(tenant: tenant)) ?? 0
        guard bytes < PromiseVersions.maximumBytes else {
            let detail = "all versions of the kind \(noun) of a tenant may have \(PromiseVersions.maximumBytes >> 20) MiB"
            throw UseCaseError.invalid([FieldProblem("", code: .limitReached, detail: detail)])
        }
    }

    static func write(_ change: DirectoryChange<Self>, to statements: inout StatementList) {
        change.addRow(to: &statements)
        statements.add(InsertContentVersion(tenant: change.tenant, record: change.after))
    }
}
