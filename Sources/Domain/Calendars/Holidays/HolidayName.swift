/// Names of holidays: one line or several, without other control characters, as the API takes texts of several lines.
/// PostgreSQL stores no U+0000 at all.
enum HolidayName {
    /// What is wrong with a text; nil where nothing is.
    static func failure(of text: String) -> String? {
        guard let scalar = text.unicodeScalars.first(where: isRefused) else { return nil }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits) is not allowed"
    }

    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n", "\r": false
        default: scalar.value < 0x20 || scalar.value == 0x7F
        }
    }
}
