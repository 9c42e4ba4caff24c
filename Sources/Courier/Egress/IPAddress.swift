/// An IPv4 or IPv6 address, as numbers, so that ranges can be compared without text.
public enum IPAddress: Hashable, Sendable {
    case v4(UInt32)
    /// First and last eight bytes, big-endian.
    case v6(high: UInt64, low: UInt64)
}
