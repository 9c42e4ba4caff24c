/// Language tags (BCP 47, RFC 5646): `fr`, `zh-Hant`, `pt-BR`.
public enum LanguageTag {
    public static let maximumLength = 35

    /// The tag in the customary case (RFC 5646 2.1.1), so that equal languages are equal texts; nil where it is not well formed.
    ///
    /// Only the form is looked at: whether a subtag is registered is not.
    public static func canonical(_ text: some StringProtocol) -> String? {
        guard text.utf8.count <= maximumLength else { return nil }
        let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let language = subtags.first, (2...8).contains(language.utf8.count), language.utf8.allSatisfy(isLetter) else { return nil }
        var parts = [language.lowercased()]
        var isAfterSingleton = false
        for subtag in subtags.dropFirst() {
            guard (1...8).contains(subtag.utf8.count), subtag.utf8.allSatisfy({ isLetter($0) || isDigit($0) }) else { return nil }
            let lower = subtag.lowercased()
            let isWord = subtag.utf8.allSatisfy(isLetter) && !isAfterSingleton
            switch subtag.utf8.count {
            case 2 where isWord: parts.append(lower.uppercased())
            case 4 where isWord: parts.append(lower.prefix(1).uppercased() + lower.dropFirst())
            default: parts.append(lower)
            }
            isAfterSingleton = isAfterSingleton || subtag.utf8.count == 1
        }
        // A singleton announces what follows it.
        guard subtags.last?.utf8.count != 1 else { return nil }
        return parts.joined(separator: "-")
    }

    /// The language without script, region and variants: `fr` of `fr-CA`.
    public static func primary(of tag: String) -> String {
        String(tag.prefix { $0 != "-" })
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
