/// A policy at one of its versions.
public struct SLAPolicyReference: Hashable, Sendable, Codable {
    public let id: SLAPolicyID
    public let version: Int

    public init(id: SLAPolicyID, version: Int) {
        self.id = id
        self.version = version
    }
}
