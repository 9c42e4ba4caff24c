/// A point of a timer that is recorded when it is passed. Its text (`percent:75`, `remaining:1800`, `breach`) is part of the key under which a
/// firing is recorded once: (timer, threshold, target version).
public enum SLAThreshold: Hashable, Sendable {
    case warning(SLAWarning)
    case breach

    /// Warnings come before the breach of the same instant.
    var rank: Int { self == .breach ? 1 : 0 }
}

extension SLAThreshold: LosslessStringConvertible {
    public init?(_ text: String) {
        if text == "breach" {
            self = .breach
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int64(parts[1]) else { return nil }
        switch parts[0] {
        case "percent": self = .warning(.percent(Int(number)))
        case "remaining": self = .warning(.remaining(seconds: number))
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .warning(.percent(let share)): "percent:\(share)"
        case .warning(.remaining(let seconds)): "remaining:\(seconds)"
        case .breach: "breach"
        }
    }
}

extension SLAThreshold: Codable {
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        guard let threshold = SLAThreshold(try value.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: value, debugDescription: "not a threshold")
        }
        self = threshold
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(description)
    }
}
