/// What was told of a waiting ticket that nobody can take (routing.md B), as its queue entry keeps it; the entry is gone once the ticket has an agent.
public enum UnroutableMark: String, Sendable {
    /// The event was written and a chain begun.
    case told = "unroutable"
    /// The event was written, and there was nobody to call.
    case untold = "unroutable_untold"
}
