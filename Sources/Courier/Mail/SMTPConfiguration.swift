import Domain

/// Which mail server takes our mail, and how.
public struct SMTPConfiguration: Sendable {
    /// How the connection is protected. Certificates are always verified where TLS is used.
    public enum Security: String, Sendable {
        /// TLS from the first byte (port 465, RFC 8314).
        case implicitTLS
        /// STARTTLS, or no mail at all.
        case startTLSRequired
        /// STARTTLS where the server offers it. An attacker on the way can take the offer away.
        case startTLSIfOffered
        /// Never TLS: for a server on the same machine, and for tests.
        case none
    }

    /// Whether a text can be given in EHLO: a host name.
    public static func isHelloName(_ text: String) -> Bool {
        HostName.isValid(text)
    }

    public struct Credentials: Sendable, CustomStringConvertible, CustomReflectable {
        public let user: String
        let password: String

        /// - Returns: nil where one is empty, longer than 255 bytes or holds NUL, which AUTH PLAIN uses as its separator.
        public init?(user: String, password: String) {
            for text in [user, password] {
                guard (1...255).contains(text.utf8.count), !text.utf8.contains(0) else { return nil }
            }
            self.user = user
            self.password = password
        }

        public var description: String { "[redacted]" }
        public var customMirror: Mirror { Mirror(self, children: []) }
    }

    /// How long each step may take, from the command to the end of its reply; a server that drips bytes gains nothing.
    public struct Timeouts: Sendable {
        public var connect: Duration = .seconds(10)
        public var greeting: Duration = .seconds(30)
        public var command: Duration = .seconds(30)
        /// The message itself, up to the reply that takes it over; servers scan here.
        public var content: Duration = .seconds(120)
        /// The whole session.
        public var total: Duration = .seconds(180)

        public init() {}
    }

    public var host: String
    public var port: Int
    public var security: Security
    public var credentials: Credentials?
    /// The name we give in EHLO, a host name; nil gives the address from which we connect (RFC 5321 4.1.1.1).
    public var helloName: String?
    public var timeouts = Timeouts()

    /// - Returns: nil where the host, the port or the hello name is not valid.
    public init?(host: String, port: Int, security: Security = .startTLSRequired, credentials: Credentials? = nil, helloName: String? = nil) {
        guard HostName.isValid(host) || IPAddress(host) != nil, (1...65_535).contains(port), helloName.map(Self.isHelloName) ?? true else {
            return nil
        }
        self.host = host
        self.port = port
        self.security = security
        self.credentials = credentials
        self.helloName = helloName
    }
}
