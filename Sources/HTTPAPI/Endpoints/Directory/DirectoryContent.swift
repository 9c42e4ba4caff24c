import Domain
import UseCases

/// A kind of thing of the directory as the API shows it.
protocol DirectoryContent: DirectoryEntry {
    static var names: DirectoryNames { get }
    /// The members of its content in replies.
    static var properties: [JSONProperty] { get }
    /// Whether what was deleted is answered with 410 from then on.
    static var isKeptWhenDeleted: Bool { get }
    /// Writes these members into an open object.
    func writeFields(to writer: inout JSONWriter)
}

extension DirectoryContent {
    static var isKeptWhenDeleted: Bool { false }
}
