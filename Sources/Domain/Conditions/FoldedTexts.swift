/// The texts of one ticket in which conditions look for words, each folded once: a description is long, and many policies may look into it.
struct FoldedTexts {
    private var known: [String: KeywordText] = [:]

    /// Whether the text of a field holds a part, without regard to case.
    mutating func text(_ text: String, of field: String, holds part: String) -> Bool {
        let folded = known[field] ?? KeywordText([text])
        known[field] = folded
        return folded.contains(KeywordText.folded(part))
    }
}
