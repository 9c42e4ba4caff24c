/// Whether an operation takes an `Idempotency-Key`.
public enum IdempotencyPolicy: String, Hashable, Sendable {
    /// Reads, and writes that are idempotent by themselves: the header is ignored.
    case none
    case optional
    /// 400 without the header.
    case required
}
