/// A block of addresses and what it is for.
struct AddressRange: Sendable {
    let first: IPAddress
    let prefixLength: Int
    let purpose: String

    init(v4 first: UInt32, _ prefixLength: Int, _ purpose: String) {
        self.first = .v4(first)
        self.prefixLength = prefixLength
        self.purpose = purpose
    }

    init(v6 high: UInt64, low: UInt64 = 0, _ prefixLength: Int, _ purpose: String) {
        self.first = .v6(high: high, low: low)
        self.prefixLength = prefixLength
        self.purpose = purpose
    }

    func contains(_ address: IPAddress) -> Bool {
        switch (first, address) {
        case (.v4(let network), .v4(let address)):
            return prefixLength == 0 || (network ^ address) >> UInt32(32 - prefixLength) == 0
        case (.v6(let networkHigh, let networkLow), .v6(let high, let low)):
            if prefixLength == 0 { return true }
            if prefixLength <= 64 { return (networkHigh ^ high) >> UInt64(64 - prefixLength) == 0 }
            return networkHigh == high && (networkLow ^ low) >> UInt64(128 - prefixLength) == 0
        default:
            return false
        }
    }
}
