extension SLAReport.Counts {
    public mutating func add(_ other: SLAReport.Counts) {
        met += other.met
        breached += other.breached
        running += other.running
        cancelled += other.cancelled
    }
}

extension SLAReport.Key {
    /// The order of a report's rows: by period and metric, then by what else tells them apart; what has none comes last.
    static func precedes(_ left: SLAReport.Key, _ right: SLAReport.Key) -> Bool {
        if left.period != right.period { return left.period < right.period }
        if left.metric != right.metric { return left.metric.rawValue < right.metric.rawValue }
        if left.priority != right.priority { return isLess(left.priority?.rawValue, right.priority?.rawValue) }
        if left.group != right.group { return isLess(left.group, right.group) }
        if left.customer != right.customer { return isLess(left.customer, right.customer) }
        return isLess(left.organization, right.organization)
    }

    private static func isLess<Value: Comparable>(_ left: Value?, _ right: Value?) -> Bool {
        guard let left else { return false }
        guard let right else { return true }
        return left < right
    }
}

extension SLAReport {
    /// Rows in their order, from counts that were made piece by piece.
    public static func rows(_ counts: [Key: Counts]) -> [Row] {
        counts.map { Row(key: $0.key, counts: $0.value) }.sorted { Key.precedes($0.key, $1.key) }
    }
}
