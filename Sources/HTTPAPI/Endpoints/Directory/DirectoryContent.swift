import Domain
import Store

/// A kind of thing of the directory as the API shows it.
protocol DirectoryContent: StoredContent {
    static var names: DirectoryNames { get }
    /// The members of its content in replies.
    static var properties: [JSONProperty] { get }
    /// Writes these members into an open object.
    func writeFields(to writer: inout JSONWriter)
}
