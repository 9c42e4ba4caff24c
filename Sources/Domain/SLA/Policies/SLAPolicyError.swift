/// Why a policy's definition is refused.
public struct SLAPolicyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A JSON pointer into the definition.
    public let pointer: String
    public let reason: String

    init(_ pointer: String, _ reason: String) {
        self.pointer = pointer
        self.reason = reason
    }

    public var description: String { "\(pointer): \(reason)" }
}
