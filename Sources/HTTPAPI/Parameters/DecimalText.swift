/// Plain decimal integers: an optional minus sign and digits, nothing else; `Int("+5")` would accept a sign that no grammar here has.
enum DecimalText {
    static func integer(_ text: some StringProtocol) -> Int? {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.count <= 19, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(String(text))
    }
}
