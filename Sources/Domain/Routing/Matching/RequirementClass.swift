/// Tickets that ask for the same: who may serve them is worked out once for all of them.
struct RequirementClass: Sendable {
    struct Key: Hashable, Sendable {
        let requirements: SkillRequirements
        let channel: Channel
        let serviceArea: String?
        let location: GeoPoint?

        init(_ ticket: RoutingTicket) {
            requirements = ticket.requirements
            channel = ticket.channel
            serviceArea = ticket.serviceArea
            location = ticket.location
        }
    }

    let key: Key
    /// Rows of the skill table, parallel to the required and to the optional skills.
    let requiredRows: [Int]
    let optionalRows: [Int]
    /// For each relaxation step the candidates in the order of agents; nil until asked for.
    var candidates: [[RoutingCandidate]?]
}
