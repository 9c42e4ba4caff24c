/// What people want of a ticket beside its work: how often they urged, how many colleagues are being asked, and the tasks of plans.
public struct TicketAttention: Hashable, Sendable {
    public internal(set) var urgeCount: Int
    public internal(set) var lastUrgedAt: Timestamp?
    /// Consultations that are neither answered nor cancelled.
    public internal(set) var openConsultations: Int
    /// Tasks that it ever got, those that are done too.
    public internal(set) var taskCount: Int
    /// Of those that are to be done, how many are required.
    public internal(set) var openRequiredTasks: Int

    /// The most consultations that may be open at once.
    public static let maximumConsultations = 10
    /// Microseconds between two urges.
    public static let urgeInterval: Int64 = 300_000_000

    public init(urgeCount: Int = 0, lastUrgedAt: Timestamp? = nil, openConsultations: Int = 0, taskCount: Int = 0, openRequiredTasks: Int = 0) {
        self.urgeCount = urgeCount
        self.lastUrgedAt = lastUrgedAt
        self.openConsultations = openConsultations
        self.taskCount = taskCount
        self.openRequiredTasks = openRequiredTasks
    }

    mutating func apply(_ verb: TicketEvent.Verb, at time: Timestamp) {
        switch verb {
        case .urged(let urged):
            urgeCount = urged.count
            lastUrgedAt = time
        case .consulted: openConsultations += 1
        case .consultationAnswered, .consultationCancelled: openConsultations -= 1
        case .changeReported(let reported):
            taskCount += reported.taskCount
            openRequiredTasks += reported.requiredCount ?? 0
        case .taskFinished(let finished): openRequiredTasks -= finished.isRequired == true ? 1 : 0
        case .transferred, .returned, .withdrawn, .escalationRequested, .resourceBooked, .bookingCancelled, .followerAdded,
            .followerRemoved, .escalationAcknowledged, .flowStartRequested, .merged, .absorbed, .split, .followedUp:
            break
        }
    }
}
