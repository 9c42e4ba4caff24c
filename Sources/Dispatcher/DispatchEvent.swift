import Domain

/// What a dispatcher's loop reacts to.
enum DispatchEvent: Sendable {
    /// A wake-up was heard.
    case wokenUp
    /// The alarm that was set last under this number.
    case alarm(Int)
    case discovered(RoutingDiscovery)
    case discoveryFailed(any Error)
    case finished(DispatchTurnReport)
    case shutDown
}
