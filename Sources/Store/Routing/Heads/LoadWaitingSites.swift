public import Domain
public import Postgres

/// Those of some sites for which tickets of a queue wait, each with one of their classes: an index probe a site.
public struct LoadWaitingSites: Statement {
    public struct Row: Sendable {
        public let site: SiteID
        public let classKey: Int64
    }

    public static let sql = """
        SELECT s.site_id, e.class_key FROM unnest($3::uuid[]) AS s (site_id) CROSS JOIN LATERAL (
            SELECT r.class_key FROM docket.routing_entry r WHERE r.tenant_id = $1 AND r.queue_id = $2 AND r.site_id = s.site_id LIMIT 1
        ) e
        """
    let tenant: TenantID
    let queue: QueueID
    let sites: [SiteID]

    public init(tenant: TenantID, queue: QueueID, sites: [SiteID]) {
        self.tenant = tenant
        self.queue = queue
        self.sites = sites
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(queue)
        binder.append(sites)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(site: try columns.next(), classKey: try columns.next())
    }
}
