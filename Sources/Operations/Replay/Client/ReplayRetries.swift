/// When a request is sent again.
struct ReplayRetries: Sendable {
    var attempts = 8
    var firstPause = Duration.milliseconds(100)
    var longestPause = Duration.seconds(5)
    /// More than this is not waited, whatever the server asks for.
    var longestRetryAfter = Duration.seconds(60)

    /// How long to wait before the next try; nil: the answer is final.
    ///
    /// - Parameters:
    ///   - attempt: the one that was made, from 1.
    ///   - response: nil where none came. To send a write again is safe: it carries its key.
    func pause(after attempt: Int, _ response: ReplayResponse?) -> Duration? {
        guard attempt < attempts, isTransient(response) else { return nil }
        if let seconds = response?.retryAfter { return min(.seconds(seconds), longestRetryAfter) }
        return min(firstPause * (1 << min(attempt - 1, 20)), longestPause)
    }

    private func isTransient(_ response: ReplayResponse?) -> Bool {
        guard let response else { return true }
        // A write whose first try is still running answers 409 with a code of its own.
        return [429, 502, 503, 504].contains(response.status) || (response.status == 409 && response.problemCode == "idempotency-in-progress")
    }
}
