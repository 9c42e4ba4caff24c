/// Character classes of RFC 5322.
enum MailSyntax {
    /// Whether a text may stand in a header at all: no CR, LF, NUL or other control, which could begin a header of its own.
    static func isSafeHeaderText(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && !(0x2028...0x2029).contains($0.value) }
    }
}
