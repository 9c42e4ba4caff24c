/// A small generator whose state is one number, so that a failure can be repeated from its printed seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// One to four random changes: bytes replaced, removed, inserted, or a stretch repeated.
    mutating func mutate(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        let interesting = Array("{}[]\",:\\0919eE+-.truefalsn\u{0} ".utf8) + [0xFF, 0xC3, 0x80, 0xED]
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &self)
            let byte =
                Bool.random(using: &self) ? interesting[Int.random(in: 0..<interesting.count, using: &self)] : UInt8.random(in: 0...255, using: &self)
            switch Int.random(in: 0..<4, using: &self) {
            case 0: bytes[index] = byte
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(byte, at: index)
            default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 8)], at: index)
            }
        }
        return bytes
    }
}
