/// Where a page of re-evaluations ends.
public struct ReevaluationPosition: Hashable, Sendable {
    public let requestedAt: Timestamp
    public let id: SLAReevaluationID

    public init(requestedAt: Timestamp, id: SLAReevaluationID) {
        self.requestedAt = requestedAt
        self.id = id
    }
}
