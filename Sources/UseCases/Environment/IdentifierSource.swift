public import Domain

/// Makes new ids: UUIDv7 from this process's clock and the system's random source. The time in them orders nothing.
public struct IdentifierSource: Sendable {
    public init() {}

    public func next<Entity>(_ type: ID<Entity>.Type = ID<Entity>.self) -> ID<Entity> {
        var generator = SystemRandomNumberGenerator()
        return .version7(at: WallClock.now(), using: &generator)
    }
}
