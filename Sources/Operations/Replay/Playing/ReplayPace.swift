/// How fast the recorded time passes.
enum ReplayPace: Hashable, Sendable {
    /// As fast as the API answers.
    case maximum
    /// So many times as fast as it was; in ``factors``.
    case times(Double)

    /// Slower, the offsets and targets of a log would be longer than any time that there is.
    static let factors = 0.001...1e9

    /// `max`, or a number in ``factors``.
    init?(_ text: String) {
        if text == "max" {
            self = .maximum
        } else if let factor = Double(text), Self.factors.contains(factor) {
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
