/// What is due, over all tenants: ids and times, never content (design.md 3).
public struct TimerDiscovery: Sendable {
    /// The tenants with something due, the longest overdue first while little is due.
    public let tenants: [TenantID]
    /// How many rows were seen to be due; at least that many are.
    public let due: Int
    /// How long until the next timer or level, in microseconds; nil when nothing is armed, negative when something is due.
    public let untilNext: Int64?
    /// The tenants with a live re-evaluation, the longest waiting first.
    public let reevaluating: [TenantID]

    /// The most tenants of one look.
    public static let tenantLimit = 10_000

    public init(tenants: [TenantID], due: Int, untilNext: Int64?, reevaluating: [TenantID] = []) {
        self.tenants = tenants
        self.due = due
        self.untilNext = untilNext
        self.reevaluating = reevaluating
    }
}
