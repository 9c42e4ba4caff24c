/// How fast the recorded time passes.
enum ReplayPace: Hashable, Sendable {
    /// As fast as the API answers.
    case maximum
    /// So many times as fast as it was; above 0.
    case times(Double)

    /// `max`, or a number above 0 up to a thousand million.
    init?(_ text: String) {
        if text == "max" {
            self = .maximum
        } else if let factor = Double(text), factor > 0, factor <= 1e9 {
            self = .times(factor)
        } else {
            return nil
        }
    }

    /// When something that was recorded so many seconds after the first incident is to happen after the replay's start.
    func offset(ofRecorded seconds: Int64) -> Duration {
        switch self {
        case .maximum: .zero
        case .times(let factor): .seconds(Double(max(0, seconds)) / factor)
        }
    }

    /// How many incidents are played at once at most; beyond it the next one waits.
    var maximumInFlight: Int {
        switch self {
        case .maximum: ReplayClient.maximumConnections
        // Most of them only wait for their next change.
        case .times: 4_096
        }
    }
}
