public import Domain
public import Postgres

/// What happens by itself to tickets that have been in a state for some days: which tickets wait for it, and which of them are due.
public protocol AgingStep: Sendable {
    /// The column that says since when.
    static var since: String { get }
    /// Which tickets wait: the condition of the index by ``since``.
    static var waiting: String { get }
    /// Which of them are due, by the tenant's configuration `c`.
    static var due: String { get }
}

/// Resolved tickets about which nobody was told that they are going to be closed, and that are not to be closed yet.
public enum ClosingSoonStep: AgingStep {
    public static let since = "resolved_at"
    public static let waiting = "resolved_at IS NOT NULL AND closed_at IS NULL AND closing_told_at IS NULL"
    public static let due = """
        resolved_at <= \(daysAgo("c.close_resolved_after_days - c.warn_before_closing_days")) AND resolved_at > \(daysAgo("c.close_resolved_after_days"))
        """
}

/// Resolved tickets that are to be closed.
public enum ClosingStep: AgingStep {
    public static let since = "resolved_at"
    public static let waiting = "resolved_at IS NOT NULL AND closed_at IS NULL"
    public static let due = "resolved_at <= \(daysAgo("c.close_resolved_after_days"))"
}

/// Closed tickets that are to be archived.
public enum ArchivingStep: AgingStep {
    public static let since = "closed_at"
    public static let waiting = "closed_at IS NOT NULL AND NOT is_archived"
    public static let due = "closed_at <= \(daysAgo("c.archive_closed_after_days"))"
}

extension AgingStep {
    /// A subquery, so that the planner takes it for one value that an index can be read by; null where the tenant does not want it.
    fileprivate static func daysAgo(_ days: String) -> String {
        "(SELECT docket.now() - make_interval(hours => 24 * (\(days))) FROM docket.tenant_configuration c WHERE c.tenant_id = $1)"
    }
}

/// A tenant's tickets that are due for a step, the longest waiting first; none where the tenant does not want it.
///
/// Locks nothing: whoever takes the step decides again under his locks.
public struct FindAgedTickets<Step: AgingStep>: Statement {
    public typealias Row = AgedTicket
    public static var sql: String {
        """
        SELECT id, \(Step.since) FROM docket.ticket
        WHERE tenant_id = $1 AND \(Step.waiting) AND \(Step.due) AND (\(Step.since), id) > ($2, $3) ORDER BY \(Step.since), id LIMIT $4
        """
    }
    let tenant: TenantID
    let after: AgedTicket
    let limit: Int

    public init(tenant: TenantID, after: AgedTicket = .none, limit: Int) {
        self.tenant = tenant
        self.after = after
        self.limit = limit
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(after.since)
        binder.append(after.id)
        binder.append(Int64(limit))
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> AgedTicket { try AgedTicket(row) }
}
