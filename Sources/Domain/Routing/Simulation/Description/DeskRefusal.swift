/// Why a described desk cannot be played.
public struct DeskRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Such as `agents[2].calendar`.
    public let place: String
    public let reason: String

    public var description: String { "\(place): \(reason)" }
}
