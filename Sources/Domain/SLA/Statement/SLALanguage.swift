/// A language in which promises are explained to customers.
public enum SLALanguage: String, CaseIterable, Hashable, Sendable, Codable {
    case english = "en"
    /// Simplified Chinese.
    case chinese = "zh"

    var words: any SLAWords {
        switch self {
        case .english: EnglishSLAWords()
        case .chinese: ChineseSLAWords()
        }
    }
}
