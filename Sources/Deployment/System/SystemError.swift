import SystemPackage

/// A call to the operating system failed.
public struct SystemError: Error, Sendable, Hashable {
    /// What was tried, as in "opening".
    public let operation: String
    /// What it was tried on.
    public let path: String
    /// The value of `errno`.
    public let code: Int32
}

extension SystemError: CustomStringConvertible {
    public var description: String {
        "\(operation) \(path) failed: \(Errno(rawValue: code))"
    }
}
