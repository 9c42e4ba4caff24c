/// A way to reach an agent. JSON: `{"type": "email"}` · `{"type": "webhook", "id": "…"}`.
public enum NotificationChannel: Hashable, Sendable {
    /// The agent's own address.
    case email
    /// An endpoint of the tenant, which passes it on: a pager, a chat.
    case webhook(WebhookEndpointID)
}

extension NotificationChannel: Codable {
    private enum Key: String, CodingKey {
        case type
        case id
    }

    private enum Name: String, Codable {
        case email
        case webhook
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(Name.self, forKey: .type) {
        case .email: self = .email
        case .webhook: self = .webhook(try fields.decode(WebhookEndpointID.self, forKey: .id))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .email: try fields.encode(Name.email, forKey: .type)
        case .webhook(let id):
            try fields.encode(Name.webhook, forKey: .type)
            try fields.encode(id, forKey: .id)
        }
    }
}
