/// What an attempt's end means for its row.
public enum DeliveryVerdict: Hashable, Sendable {
    /// Done.
    case delivered
    /// Try again after so many microseconds. An endpoint that is not blamed stays as it is: the fault is ours.
    case retry(after: Int64, blamesEndpoint: Bool)
    /// Not tried again, for the reason given.
    case bury(reason: String, disablesEndpoint: Bool)
}
