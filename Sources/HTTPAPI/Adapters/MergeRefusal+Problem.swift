public import Domain

extension MergeRefusal: ProblemConvertible {
    public var problem: Problem {
        switch self {
        case .intoItself: .invalid(.pointer("/into_id"), .notAllowed, "A ticket cannot be merged into itself.")
        case .unknownTarget: .invalid(.pointer("/into_id"), .unknownReference, "There is no such ticket.")
        case .merged(let further):
            TicketRefusal.conflict(.conflict, "The ticket was merged: it goes on in another one.", TicketSituation(mergedInto: further))
        case .targetMerged(let further):
            TicketRefusal.conflict(.conflict, "The ticket to merge into was merged itself.", TicketSituation(mergedInto: further))
        case .targetClosed(let state):
            TicketRefusal.conflict(.conflict, "The ticket to merge into is closed and changes no more.", TicketSituation(state: state))
        case .targetSolved(let state):
            TicketRefusal.conflict(.conflict, "The ticket to merge into is solved, this one is not: reopen it.", TicketSituation(state: state))
        case .tooManyRequesters:
            Problem(.conflict, "At most \(MergeBelongings.maximumRequesters) customers can wait for a ticket beside its own.")
        case .unknownMessage(let index):
            .invalid(.pointer("/message_ids/\(index)"), .unknownReference, "There is no such message of the ticket.")
        }
    }
}

extension MergeRefusal: Error {}
