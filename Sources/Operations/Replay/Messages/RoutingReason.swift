/// What the API says of a ticket that waits.
struct RoutingReason: Decodable, Sendable {
    let status: String
    let state: String?
    let waits_because: String?

    /// Why the ticket has no agent: nil where it has one, or where the next pass may give it one.
    var text: String? {
        switch status {
        case "assigned": nil
        case "waiting": waits_because
        default: state.map { "\(status): \($0)" } ?? status
        }
    }
}
