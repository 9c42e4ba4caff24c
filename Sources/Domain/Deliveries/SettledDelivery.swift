/// What came of writing down an attempt.
public struct SettledDelivery: Hashable, Sendable {
    /// False when the lease was lost, or the same was written before: nothing was written.
    public let isWritten: Bool
    /// Whether this disabled the endpoint.
    public let disabledEndpoint: Bool

    public init(isWritten: Bool, disabledEndpoint: Bool) {
        self.isWritten = isWritten
        self.disabledEndpoint = disabledEndpoint
    }
}
