/// What share of a metric's targets must be met for the contract to be kept.
public struct SLAPerformanceMeasure: Hashable, Sendable, Codable {
    public let metric: SLAMetric
    /// Hundredths of a percent: 9,500 is 95 %.
    public let targetBasisPoints: Int

    private enum CodingKeys: String, CodingKey {
        case metric
        case targetBasisPoints = "target_basis_points"
    }

    public init(metric: SLAMetric, targetBasisPoints: Int) {
        self.metric = metric
        self.targetBasisPoints = targetBasisPoints
    }
}
