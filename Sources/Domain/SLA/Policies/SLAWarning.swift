/// When to warn before a target is used up: at a share of it, or when so much of it is left. JSON: `{"percent": 75}` or `{"remaining": 1800}`.
/// Where no less was left from the beginning on, it warns at once, or with the first open instant.
public enum SLAWarning: Hashable, Sendable {
    case percent(Int)
    /// Seconds of the target's own kind: open seconds for a business target.
    case remaining(seconds: Int64)

    /// Microseconds consumed at which the warning is due.
    func consumed(ofTarget target: Int64) -> Int64 {
        switch self {
        // Targets are at most ten years, so the product stays below 4 · 10^16.
        case .percent(let share): target * Int64(share) / 100
        case .remaining(let seconds): max(0, target - seconds * 1_000_000)
        }
    }

    var isValid: Bool {
        switch self {
        case .percent(let share): (1...99).contains(share)
        case .remaining(let seconds): (1...SLAPolicyDefinition.maximumTargetSeconds).contains(seconds)
        }
    }
}

extension SLAWarning: Codable {
    private enum Key: String, CodingKey {
        case percent
        case remaining
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        guard !(fields.contains(.percent) && fields.contains(.remaining)) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a warning is one of percent, remaining"))
        }
        if let share = try fields.decodeIfPresent(Int.self, forKey: .percent) {
            self = .percent(share)
        } else {
            self = .remaining(seconds: try fields.decode(Int64.self, forKey: .remaining))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        switch self {
        case .percent(let share): try fields.encode(share, forKey: .percent)
        case .remaining(let seconds): try fields.encode(seconds, forKey: .remaining)
        }
    }
}
