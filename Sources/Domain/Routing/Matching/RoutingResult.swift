/// What a batch pass decided; each ticket handed in is in exactly one of the two lists, both in rank order.
public struct RoutingResult: Hashable, Sendable {
    public var assignments: [RoutingAssignment] = []
    public var waiting: [RoutingWait] = []
}
