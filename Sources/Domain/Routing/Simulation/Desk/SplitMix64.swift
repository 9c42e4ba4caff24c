/// A small seeded generator (Steele, Lea, Flood 2014), so that a simulation can be repeated from its seed on any machine.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// An exponentially distributed number with mean 1, by von Neumann's comparison method (1951): needs no logarithm.
    mutating func exponential() -> Double {
        var whole = 0.0
        while true {
            let first = Double.random(in: 0..<1, using: &self)
            var last = first
            var length = 1
            while true {
                let drawn = Double.random(in: 0..<1, using: &self)
                guard drawn < last else { break }
                last = drawn
                length += 1
            }
            if length % 2 == 1 { return whole + first }
            whole += 1
        }
    }
}
