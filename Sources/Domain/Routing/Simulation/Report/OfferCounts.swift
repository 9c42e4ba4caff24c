/// What became of the offers of a simulated desk.
public struct OfferCounts: Hashable, Sendable, Codable {
    public internal(set) var made = 0
    public internal(set) var declined = 0
    /// Nobody answered in time.
    public internal(set) var timedOut = 0
    /// Tickets that nobody took in all rounds.
    public internal(set) var noTaker = 0

    private enum CodingKeys: String, CodingKey {
        case made, declined
        case timedOut = "timed_out"
        case noTaker = "no_taker"
    }

    static func + (left: OfferCounts, right: OfferCounts) -> OfferCounts {
        OfferCounts(
            made: left.made + right.made,
            declined: left.declined + right.declined,
            timedOut: left.timedOut + right.timedOut,
            noTaker: left.noTaker + right.noTaker
        )
    }
}
