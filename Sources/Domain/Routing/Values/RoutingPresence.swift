/// Whether an agent is there, as the store found it under the database's clock.
public enum RoutingPresence: String, CaseIterable, Hashable, Sendable, Codable {
    /// Signed in, lease alive, takes work.
    case online
    /// Signed in and lease alive, but on a break: takes no work, and a sticky ticket may wait for them (routing.md D).
    case away
    /// Signed out, or the lease has expired.
    case offline
}
