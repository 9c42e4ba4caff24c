public import Domain

/// Who would be called at a time, and why: what `docket oncall` and `GET /v1/oncall` show.
public struct OnCallReport: Sendable {
    public struct Person: Hashable, Sendable {
        public let id: AgentID
        public let name: String
    }

    public struct Rota: Sendable {
        public let id: RotaID
        public let name: String
        /// nil: nobody.
        public let person: Person?
        public let isOverride: Bool
        /// When somebody else is on call; nil where nobody is.
        public let until: Timestamp?
        public let reason: String
    }

    public struct Group: Sendable {
        public let id: GroupID
        public let name: String
        public let head: Person?
        public let reason: String
    }

    /// What one target of a level comes to.
    public struct Target: Sendable {
        public let target: EscalationTarget
        /// The first of those whom it calls.
        public let people: [Person]
        /// How many it calls.
        public let peopleCount: Int
        /// Whether it depends on the ticket whom it calls.
        public let dependsOnTicket: Bool
        /// Whether it reaches somebody, or something, without asking for the ticket.
        public let isReached: Bool
        public let reason: String
    }

    public struct Level: Sendable {
        public let targets: [Target]
        /// Whether nobody is behind it, whatever the ticket.
        public var isSkipped: Bool { !targets.contains { $0.isReached || $0.dependsOnTicket } }
    }

    public struct Chain: Sendable {
        public let id: EscalationChainID
        public let name: String
        public let levels: [Level]
    }

    /// How many there are beside those that are shown.
    public struct Omitted: Hashable, Sendable {
        public let rotas: Int
        public let groups: Int
        public let chains: Int
    }

    public let at: Timestamp
    public let rotas: [Rota]
    public let groups: [Group]
    public let chains: [Chain]
    public let omitted: Omitted
    /// Whom a chain tells that finds nobody in a whole round.
    public let fallback: String?
}
