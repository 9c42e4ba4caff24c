/// What a server says it can do, in its reply to EHLO (RFC 5321 4.1.1.1).
struct SMTPCapabilities: Equatable {
    let offersStartTLS: Bool
    /// The names of the ways to sign in, in upper case.
    let authentication: Set<String>
    /// The largest message in bytes, where the server says one.
    let maximumSize: Int?

    /// - Parameter reply: the first line is the server's greeting, each further one a keyword with parameters.
    init(_ reply: SMTPReply) {
        var offersStartTLS = false
        var authentication: Set<String> = []
        var maximumSize: Int?
        for line in reply.lines.dropFirst() {
            // Old servers write "AUTH=PLAIN".
            let words = line.uppercased().split { $0 == " " || $0 == "=" }
            switch words.first {
            case "STARTTLS": offersStartTLS = true
            case "AUTH": authentication.formUnion(words.dropFirst().map(String.init))
            // 0 says that there is no fixed limit (RFC 1870 3).
            case "SIZE": maximumSize = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            default: break
            }
        }
        self.offersStartTLS = offersStartTLS
        self.authentication = authentication
        self.maximumSize = maximumSize
    }

    /// What is known without EHLO, of a server that understands HELO only.
    static let none = SMTPCapabilities(SMTPReply(code: 250, lines: []))
}
