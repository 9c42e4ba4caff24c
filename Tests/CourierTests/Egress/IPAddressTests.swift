import Courier
import Testing

@Suite struct IPAddressTests {
    @Test(arguments: [
        ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("192.0.2.1", "192.0.2.1"), ("::", "::"), ("::1", "::1"),
        ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("::ffff:10.0.0.1", "::ffff:a00:1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1::", "1::"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("fe80::1", "fe80::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
    ])
    func readsAndPrints(_ text: String, _ expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(arguments: [
        "", ".", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "0177.0.0.1", "0x7f.0.0.1", "127.1", "2130706433", "1.2.3.4 ", "1.2.3.-4", "+1.2.3.4",
        "1..2.3", "１.2.3.4", ":", ":::", "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "fe80::1%eth0",
        "::1/128", "[::1]", "::1.2.3", "1.2.3.4::", "::+1", "1:2:3:4:5:6:7:1.2.3.4", ":1:2:3:4:5:6:7",
    ])
    func refuses(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func printedAddressesReadBack() {
        var seed = UInt64.random(in: 1...UInt64.max)
        let first = seed
        func next() -> UInt64 {
            seed ^= seed << 13
            seed ^= seed >> 7
            seed ^= seed << 17
            return seed
        }
        for _ in 0..<20_000 {
            // Masks make runs of zeros likely.
            let address = IPAddress.v6(high: next() & next() & 0xFFFF_0000_FFFF_0000, low: next() & (next() % 2 == 0 ? 0xFFFF : .max))
            #expect(IPAddress(address.description) == address, "seed \(first)")
        }
    }
}
