import NIOSSL
import Synchronization

/// The certificate authorities that receivers' certificates must come from, read once for all hosts.
///
/// Each host has a TLS context of its own (``PinnedClients``). Left to itself each would parse the system's whole bundle again, and keep it: hundreds of hosts times
/// some 140 certificates. A bundle that changes counts from the courier's next start on.
final class TrustedAuthorities: Sendable {
    /// Where the bundle is: Debian, Ubuntu, Arch and Alpine; Fedora and its relatives.
    static let bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]

    private let known: Mutex<NIOSSLTrustRoots?>

    /// - Parameter roots: nil: the system's, read when they are first needed.
    init(_ roots: NIOSSLTrustRoots? = nil) {
        known = Mutex(roots)
    }

    var roots: NIOSSLTrustRoots {
        known.withLock { known in
            let roots = known ?? Self.system(bundles: Self.bundles)
            known = roots
            return roots
        }
    }

    /// The first bundle that there is; where there is none, what the TLS library finds by itself.
    static func system(bundles: [String]) -> NIOSSLTrustRoots {
        for path in bundles {
            if let certificates = try? NIOSSLCertificate.fromPEMFile(path), !certificates.isEmpty { return .certificates(certificates) }
        }
        return .default
    }
}
