/// Why one of the desk's verbs cannot be done now (409, where nothing else is said).
public enum VerbRefusal: Hashable, Sendable {
    /// It is solved: there is nothing left to do.
    case solved(TicketState)
    /// The agent has it already, or it is in that queue already.
    case alreadyThere
    /// Nobody has transferred it, or what followed has ended that.
    case notTransferred
    /// The new owner has begun: he answered, wrote a note, moved it, or handed it on.
    case acted(AgentID?)
    /// Only somebody else may do this (403).
    case notYours
    /// The agent who would get it works here no more.
    case agentGone(AgentID)
    /// It cannot be solved while colleagues are being asked.
    case consultationsOpen(Int)
    /// No more colleagues can be asked at once.
    case tooManyConsultations
    /// The agent who has the ticket would ask himself (422).
    case asksOwner
    /// The consultation was answered or cancelled before.
    case consultationClosed
    /// It was urged a moment ago; may be urged again after so many seconds (429).
    case urgedRecently(retryAfter: Int)
    /// An escalation for the same cause is under way.
    case escalationRunning
    /// Neither the ticket's queue nor its policy has an escalation chain.
    case noEscalationPath
    /// The run is over: there is nothing left to acknowledge.
    case escalationOver
    /// No more agents can follow the ticket.
    case tooManyFollowers
    /// The resource is booked for this time already.
    case resourceBusy(Booking.Interval)
    /// The booking was given up before.
    case bookingCancelled
    /// No more tasks can be started for the ticket.
    case tooManyTasks
    /// It cannot be solved while required tasks are to be done.
    case requiredTasksOpen(OpenTasks)
    /// The task was done or skipped before.
    case taskFinished
}
