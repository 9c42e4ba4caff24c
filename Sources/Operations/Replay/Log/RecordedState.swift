import Domain

/// The states of the recorded incidents, with the tickets' states that mean the same.
enum RecordedState: String, CaseIterable, Sendable {
    case new = "New"
    case active = "Active"
    case awaitingUserInfo = "Awaiting User Info"
    case awaitingProblem = "Awaiting Problem"
    case awaitingVendor = "Awaiting Vendor"
    case awaitingEvidence = "Awaiting Evidence"
    case resolved = "Resolved"
    case closed = "Closed"

    var ticketState: TicketState {
        switch self {
        case .new: .new
        case .active: .inProgress
        case .awaitingUserInfo: .waitingCustomer
        // Whoever is waited for, it is not the customer.
        case .awaitingProblem, .awaitingVendor, .awaitingEvidence: .onHold
        case .resolved: .resolved
        case .closed: .closed
        }
    }
}
