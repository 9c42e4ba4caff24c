/// Why a time zone cannot be used.
public enum TimeZoneError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No such zone in the time zone database.
    case unknown(String)
    /// The zone's file is not a well-formed TZif file (RFC 8536); the text says what is wrong.
    case malformed(String)

    public var description: String {
        switch self {
        case .unknown(let name): "unknown time zone \(name)"
        case .malformed(let reason): "malformed time zone data: \(reason)"
        }
    }
}
