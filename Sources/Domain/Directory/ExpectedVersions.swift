/// The versions that a caller will see changed and no other: `If-Match` in the terms of a use case, which compares under the lock of the thing (api.md 4).
public struct ExpectedVersions: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// None at all where the caller's tags belong to other things: then nothing is changed.
    private let versions: [Int64]

    /// - Parameter versions: any of them may be there.
    public init(anyOf versions: [Int64]) {
        self.versions = versions
    }

    public init(_ version: Int64) {
        self.init(anyOf: [version])
    }

    public init(integerLiteral version: Int64) {
        self.init(version)
    }

    public func contain(_ version: Int64) -> Bool {
        versions.contains(version)
    }
}
