/// The row type of statements that return no rows.
public struct NoRow: Hashable, Sendable {
    public init() {}
}
