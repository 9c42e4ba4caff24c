/// A signing secret that another took the place of, and that signs beside it for a time: so that receivers can change over (api.md 7).
public struct EarlierSecret: Hashable, Sendable {
    /// Encrypted as the present one is.
    public var sealed: [UInt8]
    /// From then on it signs no more.
    public var until: Timestamp

    public init(sealed: [UInt8], until: Timestamp) {
        self.sealed = sealed
        self.until = until
    }
}
