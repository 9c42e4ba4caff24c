/// What a breach of this size costs: the first band, from the largest, whose `overSeconds` the breach exceeds (features.md A5.8).
public struct SLAPenaltyBand: Hashable, Sendable, Codable {
    public let metric: SLAMetric
    /// Seconds beyond the target from which the band holds.
    public let overSeconds: Int64
    /// In the smallest unit of the currency.
    public let amount: Int64
    /// ISO 4217, three capital letters.
    public let currency: String

    private enum CodingKeys: String, CodingKey {
        case metric
        case overSeconds = "over_seconds"
        case amount
        case currency
    }

    public init(metric: SLAMetric, overSeconds: Int64, amount: Int64, currency: String) {
        self.metric = metric
        self.overSeconds = overSeconds
        self.amount = amount
        self.currency = currency
    }
}
