public import Domain
public import Postgres

/// What promises ask of a tenant's organizations: those that have a tier or a calendar. As many as a tenant may have.
public struct LoadOrganizationFacts: Statement {
    public struct Row: Sendable {
        public let id: OrganizationID
        public let facts: OrganizationFacts
    }

    public static let sql = """
        SELECT id, tier, calendar_id FROM docket.organization
        WHERE tenant_id = $1 AND (tier IS NOT NULL OR calendar_id IS NOT NULL) LIMIT 10000
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
        return Row(id: try columns.next(), facts: OrganizationFacts(tier: try columns.nextOptional(), calendarID: try columns.nextOptional()))
    }
}
