/// How many agents there are in each state, over all tenants; those who never signed in are in none.
public struct AgentCounts: Hashable, Sendable {
    public let online: Int
    public let away: Int
    /// Signed out, or not heard of for longer than their lease.
    public let offline: Int

    public init(online: Int, away: Int, offline: Int) {
        self.online = online
        self.away = away
        self.offline = offline
    }
}
