import Courier
import Testing

@Suite struct EgressURLTests {
    @Test(arguments: [
        ("https://example.com", "https://example.com/"), ("HTTPS://EXAMPLE.com:443/a?b=c", "https://example.com/a?b=c"),
        ("http://example.com:80", "http://example.com/"), ("http://example.com:8080?x", "http://example.com:8080/?x"),
        ("https://xn--bcher-kva.example/%C3%BC", "https://xn--bcher-kva.example/%C3%BC"), ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2001:DB8::1]:8443/x", "https://[2001:db8::1]:8443/x"), ("https://a-b.example/@:;,", "https://a-b.example/@:;,"),
    ])
    func takes(_ text: String, _ expected: String) throws {
        #expect(try EgressURL(text).text == expected)
    }

    @Test(arguments: [
        ("", EgressURL.Fault.scheme), ("example.com", .scheme), ("ftp://example.com/", .scheme), ("file:///etc/passwd", .scheme),
        ("https:/example.com", .scheme), ("//example.com/", .scheme), ("gopher://x/", .scheme), ("https://", .host), ("https:///x", .host),
        ("https://user@example.com/", .userInformation),
        ("https://example.com@10.0.0.1/", .userInformation), ("https://user:pw@example.com/", .userInformation),
        ("https://example.com/#x", .fragment),
        ("https://example.com\\@evil.example/", .characters), ("https://example.com/a b", .characters), ("https://exa\nmple.com/", .characters),
        ("https://example.com/\r\nX: y", .characters), ("https://bücher.example/", .characters), ("https://１２７.0.0.1/", .characters),
        ("https://127.1/", .host), ("https://0x7f.0.0.1/", .host), ("https://0x7f000001/", .host), ("https://2130706433/", .host),
        ("https://0177.0.0.1/", .host), ("https://127.0.0.1./", .host), ("https://1.2.3.4.5/", .host), ("https://256.1.1.1/", .host),
        ("https://example.0x1/", .host), ("https://%31%32%37.0.0.1/", .host), ("https://exa_mple.com/", .host), ("https://-a.example/", .host),
        ("https://a..example/", .host), ("https://example.com./", .host), ("https://[::1/", .host), ("https://[127.0.0.1]/", .host),
        ("https://[::1]x/", .host),
        ("https://[fe80::1%25eth0]/", .host), ("https://[::1%eth0]/", .host), ("https://example.com:/", .port), ("https://example.com:0/", .port),
        ("https://example.com:65536/", .port),
        ("https://example.com:+443/", .port), ("https://example.com:443:443/", .port), ("https://example.com:4 43/", .characters),
    ])
    func refuses(_ text: String, _ fault: EgressURL.Fault) {
        #expect(throws: EgressError.invalidURL(fault)) { _ = try EgressURL(text) }
    }

    @Test func refusesOverlongURLs() {
        let text = "https://example.com/" + String(repeating: "a", count: 2_029)
        #expect(throws: EgressError.invalidURL(.length)) { _ = try EgressURL(text) }
        #expect(throws: EgressError.invalidURL(.host)) { _ = try EgressURL("https://" + String(repeating: "a", count: 64) + ".example/") }
    }

    @Test func printsNoSecretOfTheTarget() throws {
        let url = try EgressURL("https://example.com/hook?token=canary")
        #expect("\(url)" == "https://example.com:443")
    }
}
