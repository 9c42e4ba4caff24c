/// The master keys of a deployment: one that seals, and those that it replaced, which only open.
public struct MasterKeyRing: Sendable {
    /// The most earlier keys: while one is replaced there are two or three.
    public static let maximumEarlier = 8

    public let current: MasterKey
    public let earlier: [MasterKey]

    public init(current: MasterKey, earlier: [MasterKey] = []) {
        self.current = current
        self.earlier = earlier
    }
}
