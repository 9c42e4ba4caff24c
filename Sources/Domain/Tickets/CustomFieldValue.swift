/// The value of a tenant's own field: a text, a number or a yes/no.
public enum CustomFieldValue: Hashable, Sendable {
    case text(String)
    /// Every whole number of 64 bits: a Double would change those beyond 2⁵³.
    case integer(Int64)
    /// A number that is none of these.
    case number(Double)
    case flag(Bool)
}

extension CustomFieldValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .flag(let flag): try container.encode(flag)
        }
    }
}
