/// A state in which a policy stops a clock that would otherwise run. JSON: `{"metric": "resolution", "category": "pending"}` or with `"state"`.
public struct SLAPause: Hashable, Sendable, Codable {
    public let metric: SLAMetric
    /// Any state of this category …
    public let category: StateCategory?
    /// … or the state of this name.
    public let state: String?

    public init(_ metric: SLAMetric, category: StateCategory) {
        self.metric = metric
        self.category = category
        state = nil
    }

    public init(_ metric: SLAMetric, state: String) {
        self.metric = metric
        category = nil
        self.state = state
    }

    func matches(_ metric: SLAMetric, category: StateCategory, state: String?) -> Bool {
        guard self.metric == metric else { return false }
        return self.category == category || (self.state != nil && self.state == state)
    }
}
