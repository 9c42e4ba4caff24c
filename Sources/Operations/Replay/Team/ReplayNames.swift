/// How the replay names things in the directory: the same log gives the same names, so that a second run finds what the first one made.
enum ReplayNames {
    static let queue = "Incident log"
    static let calendar = "Incident log"
    static let policy = "Incident log"

    /// The skill that a group's work needs: `Group 56` is `group-56`. Bytes that a key cannot have are written in hexadecimal.
    static func skillKey(ofGroup group: String) -> String { key(group, maximumLength: 64) }

    /// An address that cannot exist (RFC 2606 2).
    static func email(ofAgent agent: String) -> String { key(agent, maximumLength: 60) + "@replay.invalid" }

    static func key(_ text: String, maximumLength: Int) -> String {
        var key = ""
        for byte in text.lowercased().utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): key.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: " "), UInt8(ascii: "-"): key += key.isEmpty ? "x" : "-"
            default: key += "x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        while key.utf8.count > maximumLength { key.removeLast() }
        return key
    }
}
