/// The value of a ticket's field, as the conditions of policies and queues see it. JSON: a string, a whole number, a boolean, or a list of strings.
public enum FieldValue: Hashable, Sendable {
    case text(String)
    case number(Int64)
    /// What a ticket's own field has between two whole numbers; conditions name whole numbers only.
    case decimal(Double)
    case flag(Bool)
    case list([String])
}

extension FieldValue: Codable {
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let number = try? value.decode(Double.self) {
            self = .decimal(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try value.decode([String].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .text(let text): try value.encode(text)
        case .number(let number): try value.encode(number)
        case .decimal(let number): try value.encode(number)
        case .flag(let flag): try value.encode(flag)
        case .list(let list): try value.encode(list)
        }
    }
}
