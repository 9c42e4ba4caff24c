/// A text that must never be printed: a key, a password, a signing secret.
///
/// Every way to turn it into text (interpolation, `String(describing:)`, `dump`, the log handler) gives a fixed mark. Only
/// ``reveal()`` gives the text, so that each place that uses a secret can be found (security.md 3.5).
public struct Secret: Sendable {
    /// What is printed instead.
    public static let redacted = "[redacted]"

    private let text: String

    public init(_ text: String) {
        self.text = text
    }

    /// The secret itself. Pass it on to where it is needed; never store or log it.
    public func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { Secret.redacted }
    public var debugDescription: String { Secret.redacted }
    /// Without children, so that `dump` and default descriptions of types that hold a secret show nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Equatable {
    /// Compares every byte whatever the first difference is, so that the time taken tells only whether the lengths agree.
    public static func == (left: Secret, right: Secret) -> Bool {
        let (left, right) = (Array(left.text.utf8), Array(right.text.utf8))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices {
            difference |= left[index] ^ right[index]
        }
        return difference == 0
    }
}
