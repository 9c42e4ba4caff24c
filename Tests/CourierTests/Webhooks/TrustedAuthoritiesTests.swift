import FoundationEssentials
import NIOSSL
import Testing

@testable import Courier

@Suite struct TrustedAuthoritiesTests {
    private func withBundle(_ text: String, _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "docket-bundle-\(UUID()).pem").path
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func pem(_ certificate: NIOSSLCertificate) throws -> String {
        "-----BEGIN CERTIFICATE-----\n\(Data(try certificate.toDERBytes()).base64EncodedString())\n-----END CERTIFICATE-----\n"
    }

    @Test("The first bundle that has certificates counts; where there is none, the library looks by itself")
    func bundles() throws {
        let certificates = [try TestCertificate().certificate, try TestCertificate().certificate]
        try withBundle(try certificates.map(pem).joined()) { path in
            #expect(TrustedAuthorities.system(bundles: ["/nonexistent/bundle", path]) == .certificates(certificates))
        }
        try withBundle("no certificate") { path in
            #expect(TrustedAuthorities.system(bundles: [path]) == .default)
        }
    }

    @Test("What is given is trusted, and nothing else")
    func given() throws {
        let certificate = try TestCertificate().certificate
        #expect(TrustedAuthorities(.certificates([certificate])).roots == .certificates([certificate]))
    }
}
