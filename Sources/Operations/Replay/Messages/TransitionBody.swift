/// A state to move to.
struct TransitionBody: Encodable, Sendable {
    let state: String
}
