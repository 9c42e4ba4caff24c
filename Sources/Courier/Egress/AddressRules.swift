/// Which addresses the courier may connect to on a tenant's behalf: global unicast ones only (api.md 7, SSRF).
///
/// The blocks are those of the IANA special-purpose registries that are not globally reachable, and every IPv6 form that carries
/// an IPv4 address inside, since that inner address would be reached instead.
enum AddressRules {
    /// What forbids an address, or nil where it may be connected to.
    static func denial(of address: IPAddress) -> String? {
        switch address {
        case .v4:
            return deniedV4.first { $0.contains(address) }?.purpose
        case .v6:
            if let range = deniedV6.first(where: { $0.contains(address) }) { return range.purpose }
            // All else that IANA has handed out for global use lies in 2000::/3.
            return globalUnicastV6.contains(address) ? nil : "not global unicast"
        }
    }

    static func isLoopback(_ address: IPAddress) -> Bool {
        loopback.contains { $0.contains(address) }
    }

    private static let loopback = [
        AddressRange(v4: 0x7F00_0000, 8, "loopback"),
        AddressRange(v6: 0, low: 1, 128, "loopback"),
    ]

    private static let globalUnicastV6 = AddressRange(v6: 0x2000_0000_0000_0000, 3, "global unicast")

    private static let deniedV4 = [
        AddressRange(v4: 0x0000_0000, 8, "this network"),
        AddressRange(v4: 0x0A00_0000, 8, "private"),
        AddressRange(v4: 0x6440_0000, 10, "carrier-grade NAT"),
        AddressRange(v4: 0x7F00_0000, 8, "loopback"),
        AddressRange(v4: 0xA9FE_0000, 16, "link-local"),
        AddressRange(v4: 0xAC10_0000, 12, "private"),
        AddressRange(v4: 0xC000_0000, 24, "protocol assignments"),
        AddressRange(v4: 0xC000_0200, 24, "documentation"),
        AddressRange(v4: 0xC01F_C400, 24, "AS112"),
        AddressRange(v4: 0xC034_C100, 24, "AMT"),
        AddressRange(v4: 0xC058_6300, 24, "6to4 relay"),
        AddressRange(v4: 0xC0A8_0000, 16, "private"),
        AddressRange(v4: 0xC0AF_3000, 24, "AS112"),
        AddressRange(v4: 0xC612_0000, 15, "benchmarking"),
        AddressRange(v4: 0xC633_6400, 24, "documentation"),
        AddressRange(v4: 0xCB00_7100, 24, "documentation"),
        AddressRange(v4: 0xE000_0000, 4, "multicast"),
        AddressRange(v4: 0xF000_0000, 4, "reserved"),
    ]

    private static let deniedV6 = [
        AddressRange(v6: 0, low: 0, 128, "unspecified"),
        AddressRange(v6: 0, low: 1, 128, "loopback"),
        AddressRange(v6: 0, low: 0x0000_FFFF_0000_0000, 96, "IPv4-mapped"),
        AddressRange(v6: 0, low: 0, 96, "IPv4-compatible"),
        AddressRange(v6: 0, low: 0xFFFF_0000_0000_0000, 96, "IPv4-translated"),
        AddressRange(v6: 0x0064_FF9B_0000_0000, low: 0, 96, "NAT64"),
        AddressRange(v6: 0x0064_FF9B_0001_0000, 48, "NAT64"),
        AddressRange(v6: 0x0100_0000_0000_0000, 64, "discard"),
        AddressRange(v6: 0x2001_0000_0000_0000, 32, "Teredo"),
        AddressRange(v6: 0x2001_0000_0000_0000, 23, "protocol assignments"),
        AddressRange(v6: 0x2001_0DB8_0000_0000, 32, "documentation"),
        AddressRange(v6: 0x2002_0000_0000_0000, 16, "6to4"),
        AddressRange(v6: 0x2620_004F_8000_0000, 48, "AS112"),
        AddressRange(v6: 0x3FFE_0000_0000_0000, 16, "6bone"),
        AddressRange(v6: 0x3FFF_0000_0000_0000, 20, "documentation"),
        AddressRange(v6: 0x5F00_0000_0000_0000, 16, "segment routing"),
        AddressRange(v6: 0xFC00_0000_0000_0000, 7, "unique local"),
        AddressRange(v6: 0xFE80_0000_0000_0000, 10, "link-local"),
        AddressRange(v6: 0xFEC0_0000_0000_0000, 10, "site-local"),
        AddressRange(v6: 0xFF00_0000_0000_0000, 8, "multicast"),
    ]
}
