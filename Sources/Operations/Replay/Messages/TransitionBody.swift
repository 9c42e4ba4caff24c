/// A state to move to.
struct TransitionBody: Encodable, Sendable {
    let state: String
    /// What was recorded is played, also where nobody here could take the ticket.
    let without_agent = true
}
