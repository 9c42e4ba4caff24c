import Domain

/// FNV-1a over 64-bit words, each from its lowest byte on: the same for all processes and versions, as what is stored must be.
struct FNV1aHash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func mix(_ word: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            value = (value ^ (word >> shift & 0xFF)) &* 0x0000_0100_0000_01b3
        }
    }

    mutating func mix(_ number: Int) { mix(UInt64(bitPattern: Int64(number))) }

    mutating func mix<Entity>(_ id: ID<Entity>) {
        mix(id.high)
        mix(id.low)
    }

    /// A word for each byte.
    mutating func mix(_ text: String) {
        for byte in text.utf8 { mix(UInt64(byte)) }
    }
}
