public import Domain

extension VerbRefusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .solved(let state):
            TicketRefusal.conflict(.conflict, "The ticket is solved: reopen it first.", TicketSituation(state: state))
        case .alreadyThere: Problem(.conflict, "The ticket is there already.")
        case .notTransferred: Problem(.conflict, "The ticket was not transferred.")
        case .acted(let owner):
            TicketRefusal.conflict(.conflict, "The new owner has begun with the ticket, or handed it on.", TicketSituation(assigneeID: owner))
        case .notYours: Problem(.forbidden, "Only the agent whose turn it is may do this.")
        case .agentGone: Problem(.conflict, "The agent who would get the ticket works here no more.")
        case .consultationsOpen(let count):
            Problem(.conflict, "Colleagues are being asked (\(count)): wait for their answers, or cancel the consultations.")
        case .tooManyConsultations:
            Problem(.conflict, "At most \(TicketAttention.maximumConsultations) colleagues can be asked at once.")
        case .asksOwner: .invalid(.pointer("/agent_id"), .notAllowed, "The agent has the ticket himself.")
        case .consultationClosed: Problem(.conflict, "The consultation was answered or cancelled before.")
        case .urgedRecently(let seconds): .retry(.quotaExceeded, after: seconds, "The ticket was urged a moment ago.")
        case .escalationRunning: Problem(.conflict, "An escalation for the same cause is under way.")
        case .escalationOver: Problem(.conflict, "The escalation is over.")
        case .tooManyFollowers: Problem(.conflict, "At most \(TicketRules.maximumFollowers) agents can follow a ticket.")
        case .resourceBusy(let interval):
            TicketRefusal.conflict(.conflict, "The resource is booked for this time already.", TicketSituation(busy: interval))
        case .bookingCancelled: Problem(.conflict, "The booking was given up before.")
        case .tooManyTasks: Problem(.conflict, "A ticket can have at most \(TicketTask.maximumCount) tasks.")
        case .requiredTasksOpen(let open):
            TicketRefusal.conflict(
                .conflict,
                "Required tasks are to be done first (\(open.count)): finish them, or skip them.",
                TicketSituation(openTasks: open)
            )
        case .taskFinished: Problem(.conflict, "The task was done or skipped before.")
        case .noEscalationPath: Problem(.conflict, "Neither the ticket's queue nor its SLA policy has an escalation chain.")
        }
    }
}

extension VerbRefusal: Error {}
