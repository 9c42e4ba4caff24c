/// Bounds of a request (api.md 2).
public enum APILimits {
    public static let bodyBytes = 1 << 20
    /// Of the request target: path and query together.
    public static let targetBytes = 8_192
    /// Of all header fields together.
    public static let headerBytes = 16_384
    public static let headerCount = 100
}
