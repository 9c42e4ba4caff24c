/// An e-mail address in the one form that is sent to: `local@domain`, ASCII, without quotes, comments or address literals.
///
/// Stricter than RFC 5321 so that no server can read it otherwise than we do: a dot-atom of at most 64 characters before the sign, a host
/// name of at least two labels behind it, 254 in all. Who is to be reached by mail is refused with any other (``EscalationTarget``, agents, the fallback
/// contact); who only asks is not, since nothing is sent to him.
public struct EmailAddress: Hashable, Sendable {
    public let local: String
    /// In lower case.
    public let domain: String

    /// - Returns: nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, EmailAddress.isDotAtom(parts[0].utf8) else { return nil }
        let domain = parts[1].lowercased()
        guard HostName.isValid(domain), domain.contains("."), !HostName.endsInNumber(domain) else { return nil }
        local = String(parts[0])
        self.domain = domain
    }

    public var text: String { "\(local)@\(domain)" }

    /// `atext` (RFC 5322 3.2.3).
    public static func isAtomCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
    }

    private static func isDotAtom(_ bytes: some Collection<UInt8>) -> Bool {
        guard (1...64).contains(bytes.count) else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy(isAtomCharacter)
        }
    }
}

extension EmailAddress: CustomStringConvertible {
    /// Without the local part: addresses are personal data and do not belong into logs.
    public var description: String { "…@\(domain)" }
}
