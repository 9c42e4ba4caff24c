/// The answer to one question: `{"result": N}` or `{"error": "…"}`.
public enum CalendarReply: Hashable, Sendable {
    case result(Int64)
    case error(String)
}

extension CalendarReply: Codable {
    private enum Key: String, CodingKey {
        case result
        case error
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        if let text = try fields.decodeIfPresent(String.self, forKey: .error) {
            self = .error(text)
        } else {
            self = .result(try fields.decode(Int64.self, forKey: .result))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .result(let value): try fields.encode(value, forKey: .result)
        case .error(let text): try fields.encode(text, forKey: .error)
        }
    }
}
