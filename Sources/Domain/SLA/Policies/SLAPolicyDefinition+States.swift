extension SLAPolicyDefinition {
    /// Whether a metric's clock runs in a state: as the table of sla.md says, but for the states in which this policy pauses it.
    func runs(_ metric: SLAMetric, in category: StateCategory, state: String?) -> Bool {
        metric.runs(in: category, options) && !pauses.contains { $0.matches(metric, category: category, state: state) }
    }
}
