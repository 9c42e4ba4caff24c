import Domain
import Glibc

/// What a server can be told to listen on: an address of this machine, or a name that may stand for one.
enum ListenHost {
    /// Whether a text is an IPv4 or IPv6 address, the latter also with its zone (`fe80::1%eth0`), or might be a name. Names in local use may have underscores.
    static func isPossible(_ text: String) -> Bool {
        var address = in6_addr()
        let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
        if let first = parts.first, inet_pton(AF_INET6, String(first), &address) == 1 { return parts.count == 1 || parts.last?.isEmpty == false }
        // A name that ends in a number is an address or a mistake.
        var short = in_addr()
        if HostName.endsInNumber(text) { return inet_aton(text, &short) == 1 }
        // A final dot makes a name absolute.
        let name = text.hasSuffix(".") ? String(text.dropLast()) : text
        return HostName.isValid(name.replacing("_", with: "x"))
    }
}
