public import Domain

/// Reads the header `Retry-After` (RFC 9110 10.2.3): a number of seconds or an HTTP date of any form.
public enum RetryAfter {
    /// No receiver can put a delivery off for longer (api.md 7).
    public static let maximumSeconds: Int64 = 86_400

    /// Seconds to wait, from 0 to ``maximumSeconds``, or nil where the value is neither form.
    ///
    /// - Parameter now: what a date is compared with; a date in the past means no wait.
    public static func seconds(_ value: some StringProtocol, now: Timestamp) -> Int64? {
        let text = value.drop { $0 == " " }
        guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            // A number too long for Int64 is a long time.
            return min(Int64(text) ?? maximumSeconds, maximumSeconds)
        }
        guard let date = HTTPDate.parse(text, now: now) else { return nil }
        let microseconds = date.microseconds(since: now)
        return min(max((microseconds + 999_999) / 1_000_000, 0), maximumSeconds)
    }
}
