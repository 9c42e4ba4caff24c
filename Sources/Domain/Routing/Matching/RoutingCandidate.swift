/// An agent who may serve a class of requirements at a relaxation step whatever their load, with the parts of the rank that no load changes.
struct RoutingCandidate: Sendable {
    let agent: Int32
    let tier: Int32
    let optionalMissing: Int32
    let negatedLevels: Int32
    let surplus: Int32
    /// `Int64.max` where a place is not known.
    let distance: Int64
}
