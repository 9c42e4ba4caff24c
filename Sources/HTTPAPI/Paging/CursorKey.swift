/// One value of a list's sort key, as a cursor keeps it.
public enum CursorKey: Hashable, Sendable {
    case null
    case integer(Int64)
    case uuid(high: UInt64, low: UInt64)
    case text(String)
}
