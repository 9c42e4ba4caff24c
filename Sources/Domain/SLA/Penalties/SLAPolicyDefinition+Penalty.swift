extension SLAPolicyDefinition {
    /// What a breach costs: the band with the largest `over_seconds` that the overrun exceeds; a band from 0 seconds holds for every breach.
    ///
    /// - Parameter overrun: microseconds beyond the target.
    /// - Returns: nil where no band applies.
    public func penalty(for metric: SLAMetric, overrun: Int64) -> SLAPenaltyBand? {
        penalties.filter { band in
            let (limit, overflow) = band.overSeconds.multipliedReportingOverflow(by: 1_000_000)
            return band.metric == metric && !overflow && (band.overSeconds == 0 || overrun > limit)
        }.max { $0.overSeconds < $1.overSeconds }
    }
}
