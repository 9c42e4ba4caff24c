/// Why a rota is refused.
public enum OnCallRotaError: Error, Hashable, Sendable, CustomStringConvertible {
    case handover
    case shift
    case members
    case tooManyOverrides
    case emptyOverride(from: Timestamp)
    case overlap(from: Timestamp)

    /// Where in the document the error is.
    public var pointer: String {
        switch self {
        case .handover: "/handover"
        case .shift: "/shift_hours"
        case .members: "/members"
        case .tooManyOverrides, .emptyOverride, .overlap: "/overrides"
        }
    }

    public var description: String {
        switch self {
        case .handover: "a time of day from 00:00 to 23:59:59"
        case .shift: "1 to \(OnCallRota.shiftRange.upperBound) hours"
        case .members: "1 to \(OnCallRota.memberRange.upperBound) members"
        case .tooManyOverrides: "at most \(OnCallRota.maximumOverrides) overrides"
        case .emptyOverride(let from): "the override from \(from.millisecondText) ends before it begins"
        case .overlap(let from): "the override from \(from.millisecondText) overlaps the one before it"
        }
    }
}
