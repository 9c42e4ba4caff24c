/// Which priority follows from impact, urgency and the customer's tier (features.md A2.4): a tenant's own matrix, or the standard one.
public struct PriorityMatrix: Hashable, Sendable, Codable {
    /// What replaces the matrix for the tickets of customers of a tier.
    public struct Tier: Hashable, Sendable, Codable {
        /// As organizations name it.
        public let tier: String
        public let grid: PriorityGrid

        public init(tier: String, grid: PriorityGrid) {
            self.tier = tier
            self.grid = grid
        }
    }

    /// For tickets of nobody's organization, of one without a tier, and of tiers that are not named.
    public let grid: PriorityGrid
    /// Each tier once.
    public let tiers: [Tier]

    /// The matrix of tenants without their own.
    public static let standard = PriorityMatrix(grid: .standard)
    public static let maximumTiers = 50

    public init(grid: PriorityGrid, tiers: [Tier] = []) {
        self.grid = grid
        self.tiers = tiers
    }

    /// - Parameter tier: of the customer's organization; nil for none.
    public func priority(impact: ImpactLevel, urgency: ImpactLevel, tier: String? = nil) -> Priority {
        let own = tier.flatMap { tier in tiers.first { $0.tier == tier } }
        return (own?.grid ?? grid).priority(impact: impact, urgency: urgency)
    }
}
