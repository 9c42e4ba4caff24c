/// A position in a distributed trace: the value of the W3C header `traceparent` (Trace Context, level 1).
public struct TraceParent: Hashable, Sendable {
    /// The trace's 128-bit id, never zero: first and last eight bytes.
    public let traceHigh: UInt64
    public let traceLow: UInt64
    /// The caller's span id, never zero.
    public let spanID: UInt64
    /// Bit 0: sampled. Only known bits are kept when a new header is made.
    public let flags: UInt8

    /// - Returns: nil where the trace id or the span id is zero, which the standard forbids.
    public init?(traceHigh: UInt64, traceLow: UInt64, spanID: UInt64, flags: UInt8 = 1) {
        guard traceHigh != 0 || traceLow != 0, spanID != 0 else { return nil }
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.spanID = spanID
        self.flags = flags
    }

    /// A new trace with its first span.
    public init(using generator: inout some RandomNumberGenerator) {
        traceHigh = generator.next()
        traceLow = TraceParent.nonZero(using: &generator)
        spanID = TraceParent.nonZero(using: &generator)
        flags = 1
    }

    private init(parent: TraceParent, spanID: UInt64) {
        traceHigh = parent.traceHigh
        traceLow = parent.traceLow
        self.spanID = spanID
        flags = parent.flags & 1
    }

    public var isSampled: Bool { flags & 1 == 1 }

    /// A new span of the same trace, as what the next callee is told.
    public func child(using generator: inout some RandomNumberGenerator) -> TraceParent {
        TraceParent(parent: self, spanID: TraceParent.nonZero(using: &generator))
    }

    private static func nonZero(using generator: inout some RandomNumberGenerator) -> UInt64 {
        UInt64.random(in: 1...UInt64.max, using: &generator)
    }
}
