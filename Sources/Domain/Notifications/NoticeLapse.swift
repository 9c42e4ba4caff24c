/// Why a notice that waited for the end of its reader's quiet hours is not sent: it says nothing true any more, or nobody is there to read it.
public enum NoticeLapse: String, CaseIterable, Hashable, Sendable {
    case solved
    case merged
    case acknowledged
    /// It said that the ticket has no agent.
    case taken
    /// It warned of a target that was kept, or is not in danger any more.
    case kept
    /// It warned of a target that is not promised any more.
    case withdrawn
    /// Its reader works here no more.
    case left
    /// What it tells of does not exist, or cannot be read by this version.
    case unreadable

    /// For the record.
    public var reason: String {
        switch self {
        case .solved: "the ticket is solved or closed"
        case .merged: "the ticket was merged"
        case .acknowledged: "the escalation was acknowledged"
        case .taken: "the ticket does not wait for an agent any more"
        case .kept: "the target was kept, or is not in danger any more"
        case .withdrawn: "the target is not promised any more"
        case .left: "the agent works here no more"
        case .unreadable: "what it tells of cannot be read"
        }
    }
}
