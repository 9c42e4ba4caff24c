import Domain

/// What a dispatcher's loop reacts to.
enum DispatchEvent: Sendable {
    /// A wake-up was heard.
    case wokenUp
    /// The alarm that was set last under this number.
    case alarm(Int)
    /// What a look found, and the turn that it has begun already, where it did (``DispatchTurnRunner/look(_:)``).
    case discovered(RoutingDiscovery, begun: DispatchTurn?)
    case discoveryFailed(any Error)
    case finished(DispatchTurnReport)
    case shutDown
}
