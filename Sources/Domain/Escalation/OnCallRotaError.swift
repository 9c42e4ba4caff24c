/// Why a rota is refused.
public enum OnCallRotaError: Error, Hashable, Sendable, CustomStringConvertible {
    case handover
    case shift
    case members
    case tooManyOverrides
    case emptyOverride(OnCallRota.Override)
    case overlap(OnCallRota.Override)

    /// Where in the document the error is; an override is named by its key, not by its place.
    public var pointer: String {
        switch self {
        case .handover: "/handover"
        case .shift: "/shift_hours"
        case .members: "/members"
        case .tooManyOverrides: "/overrides"
        case .emptyOverride(let override), .overlap(let override): "/overrides/\(override.key)"
        }
    }

    public var description: String {
        switch self {
        case .handover: "a time of day from 00:00 to 23:59:59"
        case .shift: "1 to \(OnCallRota.shiftRange.upperBound) hours"
        case .members: "1 to \(OnCallRota.memberRange.upperBound) members"
        case .tooManyOverrides: "at most \(OnCallRota.maximumOverrides) overrides"
        case .emptyOverride(let override): "the override from \(override.from.millisecondText) ends before it begins"
        case .overlap(let override): "the override from \(override.from.millisecondText) overlaps the one before it"
        }
    }
}
