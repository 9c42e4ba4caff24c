/// Texts as ids that order as the texts do, byte by byte in UTF-8.
struct TextIDs<Entity>: Sendable {
    private let texts: [String]
    private let positions: [String: Int]

    init(_ texts: some Sequence<String>) {
        self.texts = Set(texts).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        positions = Dictionary(uniqueKeysWithValues: self.texts.enumerated().map { ($0.element, $0.offset) })
    }

    /// Nil for a text that is not among them.
    func id(of text: String) -> ID<Entity>? {
        positions[text].map { ID(high: 0, low: UInt64($0)) }
    }

    func text(of id: ID<Entity>) -> String {
        id.low < UInt64(texts.count) ? texts[Int(id.low)] : id.description
    }
}
