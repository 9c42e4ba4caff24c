/// How urgent a ticket is: P1 (critical) to P4 (low). Lower numbers go first.
public enum Priority: Int, CaseIterable, Hashable, Comparable, Sendable, Codable {
    case p1 = 1
    case p2 = 2
    case p3 = 3
    case p4 = 4

    public static func < (left: Priority, right: Priority) -> Bool {
        left.rawValue < right.rawValue
    }
}
