extension TicketCondition: Codable {
    /// Deepest nesting of conditions inside each other.
    static let maximumDepth = 8

    private enum Key: String, CodingKey {
        case all
        case any
        case not
        case field
        case op
        case value
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let depth = decoder.codingPath.count { [Key.all.rawValue, Key.any.rawValue, Key.not.rawValue].contains($0.stringValue) }
        guard depth <= TicketCondition.maximumDepth else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "conditions are nested too deeply"))
        }
        let given = [Key.all, .any, .not, .field].filter { fields.contains($0) }
        guard given.count == 1 else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a condition is one of all, any, not, field"))
        }
        switch given[0] {
        case .all: self = .all(try fields.decode([TicketCondition].self, forKey: .all))
        case .any: self = .any(try fields.decode([TicketCondition].self, forKey: .any))
        case .not: self = .not(try fields.decode(TicketCondition.self, forKey: .not))
        default:
            self = .field(
                try fields.decode(String.self, forKey: .field),
                try fields.decode(Operation.self, forKey: .op),
                try fields.decode(FieldValue.self, forKey: .value)
            )
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .all(let parts): try fields.encode(parts, forKey: .all)
        case .any(let parts): try fields.encode(parts, forKey: .any)
        case .not(let part): try fields.encode(part, forKey: .not)
        case .field(let name, let operation, let value):
            try fields.encode(name, forKey: .field)
            try fields.encode(operation, forKey: .op)
            try fields.encode(value, forKey: .value)
        }
    }
}
