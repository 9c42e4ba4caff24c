/// Whether an operation takes an `Idempotency-Key`.
public enum IdempotencyPolicy: String, Hashable, Sendable {
    /// Reads, where the header is ignored, and writes that may be repeated as they are, where it is refused: nothing would be stored under it.
    case none
    case optional
}
