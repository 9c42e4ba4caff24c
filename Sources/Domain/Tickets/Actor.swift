/// Who did something to a ticket.
public struct Actor: Hashable, Sendable, Codable {
    public enum Kind: String, Hashable, Sendable, Codable {
        /// An integration, by its API key.
        case api
        case agent
        case requester
        case dispatcher
        case scheduler
        case system
    }

    public let kind: Kind
    /// The two halves of the agent's, requester's or key's id; nil for the engines.
    public let id: ID<Actor>?

    private init(kind: Kind, high: UInt64, low: UInt64) {
        self.kind = kind
        id = ID(high: high, low: low)
    }

    /// An actor as stored; an engine has no id.
    public init(kind: Kind, id: ID<Actor>?) {
        self.kind = kind
        self.id = id
    }

    public static func agent(_ agent: AgentID) -> Actor { Actor(kind: .agent, high: agent.high, low: agent.low) }
    public static func requester(_ requester: RequesterID) -> Actor { Actor(kind: .requester, high: requester.high, low: requester.low) }
    public static func api(_ key: APIKeyID) -> Actor { Actor(kind: .api, high: key.high, low: key.low) }
    public static let dispatcher = Actor(kind: .dispatcher, id: nil)
    public static let scheduler = Actor(kind: .scheduler, id: nil)
    public static let system = Actor(kind: .system, id: nil)

    /// The agent, where one acted.
    public var agentID: AgentID? {
        guard kind == .agent, let id else { return nil }
        return AgentID(high: id.high, low: id.low)
    }
}
