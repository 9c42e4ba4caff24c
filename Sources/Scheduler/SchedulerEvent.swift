import Domain

/// What a scheduler's loop reacts to.
enum SchedulerEvent: Sendable {
    /// A wake-up was heard.
    case wokenUp
    /// The alarm that was set last under this number.
    case alarm(Int)
    case discovered(TimerDiscovery)
    case discoveryFailed(any Error)
    case finished(SchedulerTurnReport)
    /// A step of a re-evaluation.
    case reevaluated(SchedulerTurnReport)
    case shutDown
}
