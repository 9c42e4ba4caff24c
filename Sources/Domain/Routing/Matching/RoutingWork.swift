/// What counts of a ticket against an agent's capacities.
struct RoutingWork: Sendable {
    let weight: Int32
    let channel: Channel
}
