/// Which way a list runs.
public protocol SortDirection: Sendable {
    static var isDescending: Bool { get }
}

public enum Ascending: SortDirection {
    public static let isDescending = false
}

public enum Descending: SortDirection {
    public static let isDescending = true
}
