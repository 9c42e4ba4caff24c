/// What is kept of one attempt.
public struct AttemptRecord: Sendable {
    /// The longest detail, in characters.
    public static let maximumDetail = 4_096

    /// The receiver's HTTP or SMTP status; nil where there was no answer.
    public let statusCode: Int?
    /// What the receiver answered, or why it did not.
    public let detail: String
    /// In microseconds.
    public let duration: Int64

    /// - Parameter detail: cut to ``maximumDetail``; NUL, which the database cannot hold, is replaced.
    public init(statusCode: Int?, detail: String, duration: Int64) {
        self.statusCode = statusCode
        self.duration = duration
        var scalars = String.UnicodeScalarView()
        for scalar in detail.unicodeScalars.prefix(Self.maximumDetail) {
            scalars.append(scalar == "\0" ? "\u{FFFD}" : scalar)
        }
        self.detail = String(scalars)
    }
}
