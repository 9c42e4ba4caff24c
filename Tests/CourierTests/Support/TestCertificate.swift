import Crypto
import NIOSSL

/// A certificate of its own for `localhost`, made anew for each use, so that no key lies in the repository.
struct TestCertificate {
    let certificate: NIOSSLCertificate
    let key: NIOSSLPrivateKey

    init() throws {
        let key = P256.Signing.PrivateKey()
        let commonName = DER.objectIdentifier([0x55, 0x04, 0x03]) + DER.tagged(0x0C, Array("docket test".utf8))
        let name = DER.sequence(DER.tagged(0x31, DER.sequence(commonName)))
        let algorithm = DER.sequence(DER.objectIdentifier([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]))
        let validity = DER.sequence(DER.tagged(0x17, Array("250101000000Z".utf8)) + DER.tagged(0x17, Array("491231235959Z".utf8)))
        // subjectAltName: DNS localhost. Not the address too: NIOSSL takes a certificate for the connected address, whatever the name.
        let names = DER.sequence(DER.tagged(0x82, Array("localhost".utf8)))
        let alternativeNames = DER.sequence(DER.objectIdentifier([0x55, 0x1D, 0x11]) + DER.tagged(0x04, names))
        let body = DER.sequence(
            DER.tagged(0xA0, DER.tagged(0x02, [2])) + DER.tagged(0x02, [1]) + algorithm + name + validity + name
                + Array(key.publicKey.derRepresentation) + DER.tagged(0xA3, DER.sequence(alternativeNames))
        )
        let signature = try key.signature(for: body)
        let der = DER.sequence(body + algorithm + DER.tagged(0x03, [0] + Array(signature.derRepresentation)))
        certificate = try NIOSSLCertificate(bytes: der, format: .der)
        self.key = try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)
    }

    func serverContext() throws -> NIOSSLContext {
        try NIOSSLContext(configuration: .makeServerConfiguration(certificateChain: [.certificate(certificate)], privateKey: .privateKey(key)))
    }

    /// What a client must trust to talk to the server.
    var trustRoots: NIOSSLTrustRoots { .certificates([certificate]) }
}

/// The little of ASN.1's encoding that a certificate needs.
private enum DER {
    static func tagged(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length: [UInt8]
        switch content.count {
        case 0..<128: length = [UInt8(content.count)]
        case 128..<256: length = [0x81, UInt8(content.count)]
        default: length = [0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)]
        }
        return [tag] + length + content
    }

    static func sequence(_ content: [UInt8]) -> [UInt8] { tagged(0x30, content) }

    static func objectIdentifier(_ content: [UInt8]) -> [UInt8] { tagged(0x06, content) }
}
