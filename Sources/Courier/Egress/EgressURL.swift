import Domain

/// An absolute http(s) URL in the one form that the courier sends to.
///
/// Stricter than RFC 3986, so that no two parsers can read it differently (ASVS 1.5.3): ASCII only, no user information, no fragment,
/// no backslash, no percent sign in the host, host names of letters, digits and hyphens (international names in their `xn--` form), IPv4
/// addresses as four decimal numbers only. ``text`` is built from the parts, never passed through.
public struct EgressURL: Hashable, Sendable {
    public enum Scheme: String, Sendable {
        case http
        case https

        var defaultPort: Int { self == .https ? 443 : 80 }
    }

    public enum Host: Hashable, Sendable {
        /// A DNS name in lower case.
        case name(String)
        case address(IPAddress)
    }

    /// The part of a URL that is not acceptable.
    public enum Fault: String, Sendable {
        case length = "longer than 2048 characters"
        case characters = "it holds characters that must be percent-encoded"
        case scheme = "it does not begin with http:// or https://"
        case userInformation = "it holds a user name or password"
        case host = "the host"
        case port = "the port"
        case fragment = "it holds a fragment"
    }

    /// The longest URL.
    public static let maximumLength = 2_048

    public let scheme: Scheme
    public let host: Host
    public let port: Int
    /// Path and query, beginning with a slash.
    public let target: String

    /// - Throws: ``EgressError/invalidURL(_:)``.
    public init(_ text: String) throws(EgressError) {
        guard text.utf8.count <= EgressURL.maximumLength else { throw .invalidURL(.length) }
        guard text.utf8.allSatisfy(EgressURL.isAllowed) else { throw .invalidURL(.characters) }
        guard !text.contains("#") else { throw .invalidURL(.fragment) }
        guard let mark = text.firstRange(of: "://"), let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased()) else {
            throw .invalidURL(.scheme)
        }
        let rest = text[mark.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else { throw .invalidURL(.userInformation) }
        let (hostText, portText) = try EgressURL.split(authority)
        self.scheme = scheme
        host = try EgressURL.host(hostText)
        port = try EgressURL.port(portText, scheme: scheme)
        let target = rest[end...]
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// The URL as it is sent to: the default port left out.
    public var text: String {
        "\(scheme.rawValue)://\(hostText)\(port == scheme.defaultPort ? "" : ":\(port)")\(target)"
    }

    /// The host as it stands in a URL.
    public var hostText: String {
        switch host {
        case .name(let name): name
        case .address(.v4(let value)): IPAddress.v4(value).description
        case .address(let address): "[\(address)]"
        }
    }

    /// Printable ASCII without what RFC 3986 excludes and without brackets' companions that browsers repair.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x20, 0x7F...0xFF: false
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"),
            UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            false
        default: true
        }
    }

    private static func split(_ authority: Substring) throws(EgressError) -> (host: Substring, port: Substring?) {
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw .invalidURL(.host) }
            let behind = authority[authority.index(after: close)...]
            guard behind.isEmpty || behind.hasPrefix(":") else { throw .invalidURL(.host) }
            return (authority[...close], behind.isEmpty ? nil : behind.dropFirst())
        }
        guard let colon = authority.firstIndex(of: ":") else { return (authority, nil) }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    private static func port(_ text: Substring?, scheme: Scheme) throws(EgressError) -> Int {
        guard let text else { return scheme.defaultPort }
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = Int(text), (1...65_535).contains(port)
        else { throw .invalidURL(.port) }
        return port
    }

    private static func host(_ text: Substring) throws(EgressError) -> Host {
        if text.hasPrefix("[") {
            guard case .v6(let high, let low)? = IPAddress(text.dropFirst().dropLast()) else { throw .invalidURL(.host) }
            return .address(.v6(high: high, low: low))
        }
        if case .v4(let value)? = IPAddress(text) { return .address(.v4(value)) }
        let name = text.lowercased()
        guard HostName.isValid(name), !HostName.endsInNumber(name) else { throw .invalidURL(.host) }
        return .name(name)
    }
}

extension EgressURL: CustomStringConvertible {
    /// Without the target: paths and queries of webhook URLs often carry secrets.
    public var description: String { "\(scheme.rawValue)://\(hostText):\(port)" }
}
