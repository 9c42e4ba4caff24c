import NIOCore
import Testing

@testable import Courier

/// The SSRF corpus of api.md 7: the first and last address of each block, and the neighbours that are free.
@Suite struct EgressPolicyTests {
    @Test(arguments: [
        ("0.0.0.0", "this network"), ("0.255.255.255", "this network"), ("10.0.0.0", "private"), ("10.255.255.255", "private"),
        ("100.64.0.0", "carrier-grade NAT"), ("100.127.255.255", "carrier-grade NAT"), ("127.0.0.1", "loopback"), ("127.255.255.254", "loopback"),
        ("169.254.0.0", "link-local"), ("169.254.169.254", "link-local"), ("172.16.0.0", "private"), ("172.31.255.255", "private"),
        ("192.0.0.0", "protocol assignments"), ("192.0.0.170", "protocol assignments"), ("192.0.2.7", "documentation"), ("192.88.99.1", "6to4 relay"),
        ("192.168.0.1", "private"), ("192.168.255.255", "private"), ("198.18.0.0", "benchmarking"), ("198.19.255.255", "benchmarking"),
        ("198.51.100.9", "documentation"), ("203.0.113.200", "documentation"), ("224.0.0.1", "multicast"), ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"), ("255.255.255.255", "reserved"), ("::", "unspecified"), ("::1", "loopback"), ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("::ffff:127.0.0.1", "IPv4-mapped"), ("::127.0.0.1", "IPv4-compatible"), ("::ffff:0:127.0.0.1", "IPv4-translated"),
        ("64:ff9b::10.0.0.1", "NAT64"), ("64:ff9b:1::1", "NAT64"), ("100::1", "discard"), ("2001::1", "Teredo"),
        ("2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "Teredo"), ("2001:20::1", "protocol assignments"), ("2001:db8::1", "documentation"),
        ("2002:a00:1::", "6to4"),
        ("3fff::1", "documentation"), ("5f00::1", "segment routing"), ("fc00::1", "unique local"), ("fdff::1", "unique local"),
        ("fe80::1", "link-local"), ("febf::1", "link-local"), ("fec0::1", "site-local"), ("ff02::1", "multicast"), ("4000::1", "not global unicast"),
        ("1000::1", "not global unicast"), ("fe00::1", "not global unicast"),
    ])
    func denies(_ text: String, _ purpose: String) throws {
        let address = try #require(IPAddress(text))
        #expect(throws: EgressError.deniedAddress(purpose: purpose)) { try EgressPolicy.strict.check(address) }
    }

    @Test(arguments: [
        "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255",
        "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
        "203.0.112.255", "203.0.114.0", "223.255.255.255", "2000::1", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700::1111", "3ffd::1",
    ])
    func allows(_ text: String) throws {
        try EgressPolicy.strict.check(try #require(IPAddress(text)))
    }

    @Test func developmentAllowsLoopbackOnly() throws {
        let policy = EgressPolicy.development
        try policy.check(try #require(IPAddress("127.0.0.1")))
        try policy.check(try #require(IPAddress("::1")))
        try policy.check(EgressURL("http://localhost:8080/hook"))
        try policy.check(EgressURL("http://127.0.0.1:8080/hook"))
        for text in ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "192.168.1.1", "fd00::1"] {
            let address = try #require(IPAddress(text))
            #expect(throws: EgressError.self) { try policy.check(address) }
        }
        #expect(throws: EgressError.deniedPort(8080)) { try policy.check(EgressURL("https://example.com:8080/")) }
    }

    @Test func strictTakesHTTPSOnItsPortOnly() throws {
        try EgressPolicy.strict.check(EgressURL("https://example.com/hook"))
        #expect(throws: EgressError.plainHTTP) { try EgressPolicy.strict.check(EgressURL("http://example.com/hook")) }
        #expect(throws: EgressError.deniedPort(22)) { try EgressPolicy.strict.check(EgressURL("https://example.com:22/")) }
        #expect(throws: EgressError.invalidURL(.host)) { try EgressPolicy.strict.check(EgressURL("https://intranet/")) }
        #expect(throws: EgressError.invalidURL(.host)) { try EgressPolicy.strict.check(EgressURL("https://localhost/")) }
        #expect(throws: EgressError.deniedAddress(purpose: "loopback")) { try EgressPolicy.strict.check(EgressURL("https://[::1]/")) }
    }

    @Test func oneForbiddenAddressForbidsTheName() async throws {
        let resolver = StubResolver(["mixed.example": ["8.8.8.8", "10.0.0.1"], "good.example": ["8.8.8.8", "2606:4700::1111"]])
        let egress = EgressGuard(policy: .strict, resolver: resolver)
        await #expect(throws: EgressError.deniedAddress(purpose: "private")) {
            _ = try await egress.destinations(of: EgressURL("https://mixed.example/"))
        }
        #expect(try await egress.destinations(of: EgressURL("https://good.example/")).first == IPAddress("8.8.8.8"))
        await #expect(throws: EgressError.unresolvable) { _ = try await egress.destinations(of: EgressURL("https://gone.example/")) }
    }

    @Test func theSystemResolvesLocalhost() async throws {
        let addresses = try await SystemResolver().addresses(of: "localhost")
        #expect(!addresses.isEmpty)
        #expect(addresses.allSatisfy { AddressRules.isLoopback($0) })
    }

    @Test func theSystemDoesNotResolveNonsense() async {
        await #expect(throws: EgressError.self) { _ = try await SystemResolver(timeout: .seconds(30)).addresses(of: "no-such-host.invalid") }
    }
}
