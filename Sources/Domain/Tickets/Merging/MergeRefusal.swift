/// Why tickets cannot be merged or split (409, where nothing else is said); nothing has changed then.
public enum MergeRefusal: Hashable, Sendable {
    /// A ticket into itself (422).
    case intoItself
    /// There is no such ticket to merge into (422).
    case unknownTarget
    /// It was merged before; the command belongs to the ticket that is named.
    case merged(into: TicketID)
    /// What it shall go into was merged itself.
    case targetMerged(into: TicketID)
    /// What it shall go into is closed or archived.
    case targetClosed(TicketState)
    /// What it shall go into is solved, and somebody still waits here: nobody would answer him.
    case targetSolved(TicketState)
    /// More customers would wait for one ticket than may.
    case tooManyRequesters
    /// A message that shall be split off is not one of the ticket's (422); its place in the request.
    case unknownMessage(Int)
}
