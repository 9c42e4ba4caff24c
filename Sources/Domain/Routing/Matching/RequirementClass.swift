/// Tickets that ask for the same: who may serve them is worked out once for all of them.
struct RequirementClass: Sendable {
    struct Key: Hashable, Sendable {
        let requirements: SkillRequirements
        let channel: Channel
        let serviceArea: String?
        let location: GeoPoint?
        /// 0 where it is within everybody's capacity.
        let weight: Int32

        /// - Parameters:
        ///   - leastCapacity: of those who are there.
        ///   - goesByPlace: whether the queue asks who is nearest: otherwise each place would make a class of its own for nothing.
        init(_ ticket: RoutingTicket, leastCapacity: Int32, goesByPlace: Bool) {
            requirements = ticket.requirements
            channel = ticket.channel
            serviceArea = ticket.serviceArea
            location = goesByPlace ? ticket.location : nil
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
