/// Tickets that ask for the same: who may serve them is worked out once for all of them.
struct RequirementClass: Sendable {
    struct Key: Hashable, Sendable {
        let requirements: SkillRequirements
        let channel: Channel
        let serviceArea: String?
        let location: GeoPoint?
        /// 0 where it is within everybody's capacity.
        let weight: Int32

        /// - Parameter leastCapacity: of those who are there.
        init(_ ticket: RoutingTicket, leastCapacity: Int32) {
            requirements = ticket.requirements
            channel = ticket.channel
            serviceArea = ticket.serviceArea
            location = ticket.location
            let units = RoutingLoad.bounded(ticket.weight)
            weight = units > leastCapacity ? units : 0
        }
    }

    let key: Key
    /// Rows of the skill table, parallel to the required and to the optional skills.
    let requiredRows: [Int]
    let optionalRows: [Int]
    /// For each relaxation step the candidates in the order of agents; nil until asked for.
    var candidates: [[RoutingCandidate]?]
}
