/// Whom a level calls; resolved to people when the level fires (sla.md, Escalation chains, rule 3).
///
/// JSON: `{"type": "agent", "id": "…"}` · `{"type": "group_head", "id": "…"}` · `{"type": "supervisor"}` · `{"type": "assignee"}` ·
/// `{"type": "manager"}` · `{"type": "rota", "id": "…"}` · `{"type": "email", "address": "…"}` · `{"type": "webhook", "id": "…"}`.
public enum EscalationTarget: Hashable, Sendable {
    case agent(AgentID)
    case groupHead(GroupID)
    /// Every member of a group.
    case group(GroupID)
    /// The supervisor of the ticket's group.
    case supervisor
    case assignee
    /// The manager of the assignee.
    case manager
    /// Who is on call by a rota.
    case rota(RotaID)
    case email(String)
    case webhook(WebhookEndpointID)
}

extension EscalationTarget: Codable {
    private enum Key: String, CodingKey {
        case type
        case id
        case address
    }

    private enum Name: String, Codable {
        case agent
        case groupHead = "group_head"
        case group
        case supervisor
        case assignee
        case manager
        case rota
        case email
        case webhook
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(Name.self, forKey: .type) {
        case .agent: self = .agent(try fields.decode(AgentID.self, forKey: .id))
        case .groupHead: self = .groupHead(try fields.decode(GroupID.self, forKey: .id))
        case .group: self = .group(try fields.decode(GroupID.self, forKey: .id))
        case .supervisor: self = .supervisor
        case .assignee: self = .assignee
        case .manager: self = .manager
        case .rota: self = .rota(try fields.decode(RotaID.self, forKey: .id))
        case .email: self = .email(try fields.decode(String.self, forKey: .address))
        case .webhook: self = .webhook(try fields.decode(WebhookEndpointID.self, forKey: .id))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        func write(_ name: Name) throws { try fields.encode(name, forKey: .type) }
        switch self {
        case .agent(let id):
            try write(.agent)
            try fields.encode(id, forKey: .id)
        case .groupHead(let id):
            try write(.groupHead)
            try fields.encode(id, forKey: .id)
        case .group(let id):
            try write(.group)
            try fields.encode(id, forKey: .id)
        case .supervisor: try write(.supervisor)
        case .assignee: try write(.assignee)
        case .manager: try write(.manager)
        case .rota(let id):
            try write(.rota)
            try fields.encode(id, forKey: .id)
        case .email(let address):
            try write(.email)
            try fields.encode(address, forKey: .address)
        case .webhook(let id):
            try write(.webhook)
            try fields.encode(id, forKey: .id)
        }
    }
}
