/// Where callers reach the API: an absolute http or https address without query and fragment, kept without a slash at its end.
public struct PublicURL: Hashable, Sendable {
    public let text: String

    /// - Returns: nil for anything else.
    public init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let rest = text.dropFirst(scheme.count)
        guard let first = rest.utf8.first, first != UInt8(ascii: "/"), rest.utf8.allSatisfy(Self.isPlain) else { return nil }
        var kept = Substring(text)
        while kept.hasSuffix("/") { kept.removeLast() }
        self.text = String(kept)
    }

    /// - Parameter host: what a server listens on. nil for all addresses of a machine, of which none is the server's.
    init?(host: String, port: Int) {
        guard !["0.0.0.0", "::", "[::]", "*"].contains(host), port > 0 else { return nil }
        self.init("http://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host):\(port)")
    }

    /// Letters, digits, and the marks that an address may have before its query (RFC 3986).
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: "-._~%!$&'()*+,;=:/[]".utf8.contains(byte)
        }
    }
}
