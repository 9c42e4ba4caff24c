/// How serious a finding is.
public enum DoctorStatus: String, CaseIterable, Hashable, Comparable, Sendable, Codable {
    case ok
    /// Works today; somebody should look at it.
    case warning
    /// Breaks a promise, or will: isolation, durability, a timer that does not fire, a ticket that nobody gets.
    case problem

    private var rank: Int {
        switch self {
        case .ok: 0
        case .warning: 1
        case .problem: 2
        }
    }

    public static func < (left: DoctorStatus, right: DoctorStatus) -> Bool { left.rank < right.rank }
}
