/// How couriers look which others do not live any more (docs/decisions/0048). All couriers count together, so that one that is killed soon after it began has
/// counted for the next.
public struct CourierLook: Hashable, Sendable {
    /// How many counted looks in a row must have missed a courier that is gone.
    public static let looksToMiss = 3

    /// The least real time from one counted look to the next: however many couriers look, one that lost its connections has time to come back.
    public let spacing: Duration

    public init(spacing: Duration) {
        self.spacing = spacing
    }
}
