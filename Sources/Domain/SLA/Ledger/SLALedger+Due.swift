extension SLALedger {
    /// When the first of the promises that are not kept yet is due, be it past or to come; nil where no clock runs.
    public var nextDueAt: Timestamp? {
        promised.filter { $0.state == .running || $0.state == .breachedRunning }.compactMap(\.dueAt).min()
    }
}
