extension ID {
    /// A UUIDv7 (RFC 9562 5.7): 48 bits of Unix milliseconds, then 74 random bits around the version and variant marks.
    ///
    /// The time part only keeps new rows together in the indexes; it decides nothing, so the caller's own clock is good enough.
    ///
    /// - Parameters:
    ///   - time: when the id is made; times before 1970 count as 1970.
    ///   - generator: the source of the random bits.
    public static func version7(at time: Timestamp, using generator: inout some RandomNumberGenerator) -> ID {
        let milliseconds = UInt64(max(0, time.microseconds) / 1_000)
        let random = generator.next() as UInt64
        let high = milliseconds << 16 | 0x7000 | random & 0x0FFF
        let low = 0x8000_0000_0000_0000 | (generator.next() as UInt64) & 0x3FFF_FFFF_FFFF_FFFF
        return ID(high: high, low: low)
    }
}
