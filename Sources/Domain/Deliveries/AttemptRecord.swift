/// What is kept of one attempt.
public struct AttemptRecord: Sendable {
    /// The longest detail, in bytes of UTF-8 (api.md 7).
    public static let maximumDetail = 4_096

    /// The receiver's HTTP or SMTP status; nil where there was no answer.
    public let statusCode: Int?
    /// What the receiver answered, or why it did not.
    public let detail: String
    /// In microseconds.
    public let duration: Int64

    /// - Parameter detail: cut to ``maximumDetail``, behind a whole character: what was no UTF-8 has grown by what stands for it. NUL, which the database cannot hold,
    ///   is replaced.
    public init(statusCode: Int?, detail: String, duration: Int64) {
        self.statusCode = statusCode
        self.duration = duration
        var scalars = String.UnicodeScalarView()
        var room = Self.maximumDetail
        for scalar in detail.unicodeScalars {
            let kept: Unicode.Scalar = scalar == "\0" ? "\u{FFFD}" : scalar
            room -= UTF8.width(kept)
            guard room >= 0 else { break }
            scalars.append(kept)
        }
        self.detail = String(scalars)
    }
}
