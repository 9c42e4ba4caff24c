public import Domain

extension SLAError: ProblemConvertible {
    /// The ticket is there, but its clocks cannot be told: by a calendar that does not reach so far, for example.
    public var problem: Problem {
        Problem(.conflict, "The ticket's clocks cannot be measured: \(description).")
    }
}
