import Domain

/// A priority as the API writes it.
enum PriorityCode: String, CaseIterable, Sendable {
    case p1 = "P1"
    case p2 = "P2"
    case p3 = "P3"
    case p4 = "P4"

    init(_ priority: Priority) {
        switch priority {
        case .p1: self = .p1
        case .p2: self = .p2
        case .p3: self = .p3
        case .p4: self = .p4
        }
    }

    var priority: Priority {
        switch self {
        case .p1: .p1
        case .p2: .p2
        case .p3: .p3
        case .p4: .p4
        }
    }
}
