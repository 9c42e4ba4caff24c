public import Domain
public import Postgres

/// The versions of SLA policies: the newest of each, and beside them the youngest up to ``PromiseVersions/maximum``. Clocks that began under an old version
/// are measured by it. `isCurrent` marks the newest version of an active policy.
public struct LoadPolicies: Statement {
    public struct Row: Sendable {
        public let policy: SLAPolicy
        public let isCurrent: Bool
        /// When the version was published.
        public let publishedAt: Timestamp
    }

    public static let sql = """
        SELECT p.id, v.version, p.position, v.definition, p.active AND v.version = p.version, v.created_at
        FROM docket.sla_policy p JOIN docket.sla_policy_version v ON v.tenant_id = $1 AND v.policy_id = p.id
        WHERE p.tenant_id = $1 ORDER BY v.version < p.version, v.created_at DESC, p.id, v.version DESC LIMIT \(PromiseVersions.maximum)
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        let reference = SLAPolicyReference(id: try columns.next(), version: Int(try columns.next(Int64.self)))
        let position = Int(try columns.next(Int32.self))
        return Row(
            policy: SLAPolicy(reference: reference, position: position, definition: try columns.nextDocument()),
            isCurrent: try columns.next(),
            publishedAt: try columns.next()
        )
    }
}

/// The versions of calendars: the newest of each, and beside them those that hold from latest on, up to ``PromiseVersions/maximum``.
public struct LoadCalendarVersions: Statement {
    public struct Row: Sendable {
        public let id: CalendarID
        public let version: Int
        public let effectiveFrom: Timestamp
        public let definition: CalendarDefinition
        /// The release of the time zone database that it counts by, where its rules are kept.
        public let timeZoneDatabase: String?
    }

    public static let sql = """
        SELECT v.calendar_id, v.version, v.effective_from, v.definition, v.tz_database
        FROM docket.calendar c JOIN docket.calendar_version v ON v.tenant_id = $1 AND v.calendar_id = c.id
        WHERE c.tenant_id = $1 ORDER BY v.version < c.version, v.effective_from DESC, c.id, v.version DESC LIMIT \(PromiseVersions.maximum)
        """
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(
            id: try columns.next(),
            version: Int(try columns.next(Int64.self)),
            effectiveFrom: try columns.next(),
            definition: try columns.nextDocument(),
            timeZoneDatabase: try columns.nextOptional()
        )
    }
}

/// The newest version of each escalation chain: what a new run copies.
public struct LoadEscalationChains: Statement {
    public struct Row: Sendable {
        public let id: EscalationChainID
        public let chain: EscalationChain
    }

    public static let sql = "SELECT id, definition FROM docket.escalation_chain WHERE tenant_id = $1 ORDER BY id LIMIT 1000"
    let tenant: TenantID

    public init(tenant: TenantID) {
        self.tenant = tenant
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(id: try columns.next(), chain: try columns.nextDocument())
    }
}
